//! Documents that come one by one: what is kept of them, and what is found.

use std::sync::atomic::{AtomicUsize, Ordering};

use async_trait::async_trait;
use chrono::{Days, NaiveDate};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Text};
use motel_knowledge::{
    Contents, Format, KnowledgeError, NewDocument, Origin, Put, UploadName, commands, queries,
};
use motel_llm::{EmbedError, Embedder, HashedEmbedder, Likeness};

use crate::setting::{Setting, TODAY};

/// The built-in model, and how many texts it was shown.
#[derive(Default)]
struct Counting(AtomicUsize);

#[async_trait]
impl Embedder for Counting {
    fn model(&self) -> &str {
        HashedEmbedder.model()
    }

    fn dimensions(&self) -> usize {
        HashedEmbedder.dimensions()
    }

    fn likeness(&self) -> Likeness {
        HashedEmbedder.likeness()
    }

    async fn embed(&self, texts: &[String]) -> Result<Vec<Vec<f32>>, EmbedError> {
        self.0.fetch_add(texts.len(), Ordering::SeqCst);
        HashedEmbedder.embed(texts).await
    }
}

impl Setting {
    async fn upload(
        &self,
        embedder: &dyn Embedder,
        name: &str,
        until: Option<NaiveDate>,
        text: &[u8],
    ) -> Result<Put, KnowledgeError> {
        let mut tx = self.tx().await;
        let name = UploadName::parse(name).unwrap();
        let put = commands::upload_document(&mut tx, embedder, &name, until, text).await?;
        tx.commit().await.unwrap();
        Ok(put)
    }

    async fn found_on(&self, day: NaiveDate, question: &str) -> Vec<String> {
        let mut tx = self.tx().await;
        let found = queries::search(&mut tx, &HashedEmbedder, day, question, 5).await;
        let found = found.unwrap().into_iter();
        found.map(|passage| passage.source).collect()
    }

    /// So many rooms that vectors are not compared one by one any more.
    async fn put_rooms(&self, source: &str, valid_until: Option<NaiveDate>) {
        let rows: String = (0..2_100)
            .map(|row| format!("Room {row};Room {row} has a bed and a view of the lot.\n"))
            .collect();
        let table = format!("question;answer\n{rows}");
        let new = NewDocument {
            source,
            origin: Origin::Folder,
            valid_until,
            contents: Contents::File {
                format: Format::Csv,
                name: "rooms",
                bytes: table.as_bytes(),
            },
        };
        let mut tx = self.tx().await;
        let put = commands::put_document(&mut tx, &HashedEmbedder, &new).await;
        assert_eq!(put.unwrap().passages, 2_100);
        tx.commit().await.unwrap();
    }

    /// Where the kept counts and the passages disagree.
    async fn miscounted(&self) -> Vec<String> {
        use diesel_async::RunQueryDsl;

        #[derive(QueryableByName)]
        struct Wrong {
            #[diesel(sql_type = Text)]
            lexeme: String,
            #[diesel(sql_type = BigInt)]
            passages: i64,
        }
        let wrong: Vec<Wrong> = diesel::sql_query(
            "SELECT lexeme, coalesce(kept.passages, 0)::bigint AS passages
             FROM knowledge.lexemes AS kept FULL JOIN (
                 SELECT tenant_id, lexeme, count(*) AS passages
                 FROM knowledge.passages, unnest(array_append(tsvector_to_array(words), '')) AS lexeme
                 GROUP BY tenant_id, lexeme
             ) AS counted USING (tenant_id, lexeme)
             WHERE kept.passages IS DISTINCT FROM counted.passages",
        )
        .load(&mut self.db.admin().await)
        .await
        .unwrap();
        wrong
            .into_iter()
            .map(|wrong| format!("{}: {}", wrong.lexeme, wrong.passages))
            .collect()
    }
}

const SAUNA: &[u8] =
    b"# Sauna\n\n## When is it open?\n\nFrom 4 pm.\n\n## What does it cost?\n\n$12.";

#[tokio::test(flavor = "multi_thread")]
async fn only_passages_that_changed_are_embedded_again() {
    let setting = Setting::new().await;
    let model = Counting::default();
    let first = setting
        .upload(&model, "sauna.md", None, SAUNA)
        .await
        .unwrap();
    assert_eq!((first.passages, first.kept, first.is_changed), (2, 0, true));
    assert_eq!(model.0.swap(0, Ordering::SeqCst), 2);

    let again = setting
        .upload(&model, "sauna.md", None, SAUNA)
        .await
        .unwrap();
    assert_eq!((again.document, again.is_changed), (first.document, false));
    let changed = String::from_utf8_lossy(SAUNA).replace("$12", "$15");
    let changed = setting.upload(&model, "sauna.md", None, changed.as_bytes());
    let changed = changed.await.unwrap();
    assert_eq!((changed.document, changed.kept), (first.document, 1));
    assert_eq!(model.0.swap(0, Ordering::SeqCst), 1);

    let mut tx = setting.tx().await;
    let document = queries::document(&mut tx, first.document).await.unwrap();
    assert_eq!((document.version, document.passages), (2, 2));
    let versions = queries::versions(&mut tx, first.document).await.unwrap();
    assert_eq!(versions.len(), 2);
    assert!(versions[0].content.contains("$15") && versions[1].content.contains("$12"));
    assert_eq!(
        setting.found_on(TODAY, "what does the sauna cost").await[0],
        "uploads/sauna.md"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_versions_are_kept() {
    let setting = Setting::new().await;
    let mut document = None;
    for number in 1..=12 {
        let text = format!("# Ice\n\nFree, all {number} days.");
        let put = setting.upload(&HashedEmbedder, "ice.md", None, text.as_bytes());
        document = Some(put.await.unwrap().document);
    }
    let mut tx = setting.tx().await;
    let versions = queries::versions(&mut tx, document.unwrap()).await.unwrap();
    let numbers: Vec<i32> = versions.iter().map(|version| version.version).collect();
    assert_eq!(numbers, (3..=12).rev().collect::<Vec<_>>());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_is_told_until_its_last_day_and_not_after() {
    let setting = Setting::new().await;
    let offer = b"# Foliage week\n\nTwo nights with breakfast in foliage week.";
    let put = setting.upload(&HashedEmbedder, "foliage.md", Some(TODAY), offer);
    put.await.unwrap();
    let question = "what is foliage week";
    assert_eq!(
        setting.found_on(TODAY, question).await,
        ["uploads/foliage.md"]
    );
    let tomorrow = TODAY + Days::new(1);
    assert!(setting.found_on(tomorrow, question).await.is_empty());
    // Only the day is another: the text is not read again.
    let longer = setting.upload(&HashedEmbedder, "foliage.md", Some(tomorrow), offer);
    assert!(!longer.await.unwrap().is_changed);
    assert_eq!(
        setting.found_on(tomorrow, question).await,
        ["uploads/foliage.md"]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_takes_away_only_what_came_from_a_folder() {
    let setting = Setting::new().await;
    let put = setting.upload(&HashedEmbedder, "sauna.md", None, SAUNA);
    let put = put.await.unwrap();
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("pool.md"), "# Pool\n\nNo swimming.").unwrap();
    setting.ingest(dir.path()).await;
    std::fs::remove_file(dir.path().join("pool.md")).unwrap();
    let summary = setting.ingest(dir.path()).await;
    assert_eq!(summary.removed, 1);
    let mut tx = setting.tx().await;
    let left = queries::documents(&mut tx).await.unwrap();
    assert_eq!(left.len(), 1);
    assert_eq!((left[0].id, left[0].origin), (put.document, Origin::Upload));

    std::fs::create_dir(dir.path().join("uploads")).unwrap();
    std::fs::write(dir.path().join("uploads/sauna.md"), "# Mine\n\nMine.").unwrap();
    let taken = commands::ingest_folder(&mut tx, &HashedEmbedder, dir.path(), |_| {}).await;
    assert!(
        matches!(taken, Err(KnowledgeError::SourceTaken(_))),
        "{taken:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_counts_of_words_follow_the_passages() {
    let setting = Setting::new().await;
    let put = setting.upload(&HashedEmbedder, "sauna.md", None, SAUNA);
    let put = put.await.unwrap();
    let more = setting.upload(
        &HashedEmbedder,
        "more.txt",
        None,
        b"Sauna\n\nThe sauna is hot.",
    );
    more.await.unwrap();
    assert_eq!(setting.miscounted().await, [""; 0]);
    let less = setting.upload(&HashedEmbedder, "sauna.md", None, b"# Sauna\n\nClosed.");
    less.await.unwrap();
    assert_eq!(setting.miscounted().await, [""; 0]);
    let mut tx = setting.tx().await;
    commands::remove_document(&mut tx, put.document)
        .await
        .unwrap();
    let twice = commands::remove_document(&mut tx, put.document).await;
    assert!(matches!(twice, Err(KnowledgeError::NotFound)));
    tx.commit().await.unwrap();
    assert_eq!(setting.miscounted().await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mistyped_word_finds_what_was_meant() {
    let setting = Setting::new().await;
    setting.ingest(&crate::setting::demo_documents()).await;
    for (question, source) in [
        ("when is brekfast", "breakfast-and-coffee.md"),
        ("do you have acessible rooms", "accessibility.md"),
    ] {
        let found = setting.found_on(TODAY, question).await;
        assert!(
            found.first().is_some_and(|first| first.contains(source)),
            "{question}: {found:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_large_collection_finds_what_a_small_one_does() {
    let setting = Setting::new().await;
    setting
        .upload(&HashedEmbedder, "sauna.md", None, SAUNA)
        .await
        .unwrap();
    setting.put_rooms("rooms.csv", None).await;
    let found = setting
        .found_on(TODAY, "when is the sauna open for my room")
        .await;
    assert_eq!(
        found.first().map(String::as_str),
        Some("uploads/sauna.md"),
        "{found:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_over_takes_no_place_in_a_large_collection() {
    let setting = Setting::new().await;
    setting
        .put_rooms("last-year.csv", Some(TODAY - Days::new(1)))
        .await;
    let text = b"# Room 7\n\nRoom 7 has a bed, a view of the lot and a balcony now.";
    let put = setting.upload(&HashedEmbedder, "room-7.md", None, text);
    put.await.unwrap();
    let found = setting.found_on(TODAY, "what is the view of room 7").await;
    assert_eq!(found, ["uploads/room-7.md"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_sends_while_another_is_taken_in_does_not_wait() {
    let setting = Setting::new().await;
    let mut busy = setting.tx().await;
    let name = UploadName::parse("a.md").unwrap();
    commands::upload_document(&mut busy, &HashedEmbedder, &name, None, SAUNA)
        .await
        .unwrap();
    let refused = setting.upload(&HashedEmbedder, "b.md", None, SAUNA).await;
    assert!(matches!(refused, Err(KnowledgeError::Busy)), "{refused:?}");
    busy.commit().await.unwrap();
    assert!(
        setting
            .upload(&HashedEmbedder, "b.md", None, SAUNA)
            .await
            .is_ok()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_document_is_refused_and_nothing_kept() {
    let setting = Setting::new().await;
    let broken = setting.upload(&HashedEmbedder, "a.docx", None, b"no such thing");
    assert!(matches!(broken.await, Err(KnowledgeError::Unfit { .. })));
    let mut tx = setting.tx().await;
    assert!(queries::documents(&mut tx).await.unwrap().is_empty());
}
