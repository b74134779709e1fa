//! `remotemotel seed` and `remotemotel ingest`: again changes nothing, and a failure leaves nothing.

use std::fs;
use std::path::Path;

use remotemotel::ingest::{IngestOptions, ingest};
use remotemotel::seed::{SeedOptions, seed};

use crate::books::Books;
use crate::desk::{Site, demo, top};

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_motel_is_as_described_and_seeding_again_changes_nothing() {
    let site = Site::seeded().await;
    let mut books = site.books().await;
    for (table, rows) in [
        ("tenancy.tenants", 3),
        ("tenancy.staff", 3),
        ("inventory.unit_groups", 3),
        ("inventory.units", 10),
        ("rates.rate_plans", 1),
        ("rates.base_prices", 3),
        ("appointments.services", 3),
        ("appointments.stations", 5),
        ("bookings.bookings", 0),
    ] {
        let query = format!("SELECT count(*) FROM {table}");
        assert_eq!(books.number(&query).await, rows, "{table}");
    }
    let counters = "FROM inventory.nightly_counters";
    assert_eq!(
        books
            .number(&format!("SELECT sum(capacity) {counters}"))
            .await,
        900
    );
    assert_eq!(
        books.number(&format!("SELECT sum(sold) {counters}")).await,
        0
    );
    assert_eq!(
        books
            .number(&format!("SELECT count(DISTINCT night) {counters}"))
            .await,
        90
    );
    let documents = "SELECT count(*) FROM knowledge.documents JOIN tenancy.tenants USING (tenant_id) WHERE slug = 'remotemotel'";
    assert!(books.number(documents).await >= 17);

    let first = books.digests().await;
    seed(&site.settings(0), &demo()).await.unwrap();
    assert_eq!(books.digests().await, first);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_cannot_be_read_leaves_nothing() {
    // Each breaks at another point: while reading, at a rule of the rooms, at the prices, at the documents.
    breaks("rates.toml", |text| text.replace("[[prices]]", "[[prices")).await;
    breaks("inventory.toml", |text| {
        text.replace("max_adults = 2", "max_adults = 40")
    })
    .await;
    breaks("rates.toml", |text| {
        text.replace("\"pet_friendly\"", "\"no_such_room\"")
    })
    .await;
    breaks("knowledge/parking-and-vehicles.md", |_| {
        "x".repeat(2 * 1024 * 1024)
    })
    .await;
}

async fn breaks(file: &str, broken: impl Fn(String) -> String) {
    let site = Site::bare().await;
    let mut books = site.books().await;
    let before = books.digests().await;
    let folder = copy_of("fixtures/remotemotel");
    let path = folder.path().join(file);
    let sound = fs::read_to_string(&path).unwrap();
    let text = broken(sound.clone());
    assert_ne!(text, sound, "{file} was not broken");
    fs::write(&path, text).unwrap();

    let options = SeedOptions {
        demo: false,
        folders: vec![folder.path().to_owned()],
    };
    let failed = seed(&site.settings(0), &options).await;
    assert!(failed.is_err(), "{file} was taken");
    assert_eq!(books.digests().await, before, "{file}");
}

#[tokio::test(flavor = "multi_thread")]
async fn ingest_reads_what_changed_and_removes_what_is_gone() {
    let site = Site::seeded().await;
    let mut books = site.books().await;
    let folder = copy_of("fixtures/remotemotel/knowledge");
    let options = IngestOptions {
        folder: folder.path().to_owned(),
        tenant: None,
    };
    // Rows carry the transaction that wrote them, so a row that was written again shows.
    let unchanged = written(&mut books).await;
    ingest(&site.settings(0), &options).await.unwrap();
    assert_eq!(written(&mut books).await, unchanged);

    let mut files: Vec<_> = fs::read_dir(folder.path())
        .unwrap()
        .map(|file| file.unwrap().path())
        .collect();
    files.sort();
    let (changed, gone) = (&files[0], &files[1]);
    fs::write(
        changed,
        "# Zeppelins\n\nZeppelins moor on the roof for $7 a night.\n",
    )
    .unwrap();
    fs::remove_file(gone).unwrap();
    fs::write(
        folder.path().join("unicorns.md"),
        "# Unicorns\n\nUnicorns graze behind the mill.\n",
    )
    .unwrap();
    ingest(&site.settings(0), &options).await.unwrap();

    let now = written(&mut books).await;
    let kept = now.iter().filter(|row| unchanged.contains(row)).count();
    assert_eq!(kept, unchanged.len() - 2, "{now:#?}");
    assert_eq!(now.len(), unchanged.len());
    let name = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
    assert!(
        !now.iter()
            .any(|row| row.starts_with(&format!("{} ", name(gone))))
    );
    let found =
        "SELECT count(*) FROM knowledge.passages WHERE body ~ '(?i)zeppelins moor|unicorns graze'";
    assert_eq!(books.number(found).await, 2);
    let orphans = "SELECT count(*) FROM knowledge.passages p WHERE NOT EXISTS (
        SELECT FROM knowledge.documents d WHERE (d.tenant_id, d.id) = (p.tenant_id, p.document_id))";
    assert_eq!(books.number(orphans).await, 0);
}

/// The motel's documents, each with the transaction that last wrote it.
async fn written(books: &mut Books) -> Vec<String> {
    books
        .lines(
            "SELECT d.source || ' ' || d.xmin FROM knowledge.documents d JOIN tenancy.tenants t USING (tenant_id)
             WHERE t.slug = 'remotemotel' ORDER BY 1",
        )
        .await
}

fn copy_of(folder: &str) -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    copy_into(&top().join(folder), copy.path());
    copy
}

fn copy_into(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            fs::create_dir(&target).unwrap();
            copy_into(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
