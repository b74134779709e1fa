use std::fs;
use std::path::Path;

use async_trait::async_trait;
use motel_knowledge::{IngestSummary, KnowledgeError, commands, queries};
use motel_llm::{EmbedError, Embedder, HashedEmbedder, Likeness};
use tempfile::TempDir;

use crate::setting::{Setting, TODAY, demo_documents};

/// The built-in model under another name; refuses texts that contain `refused`.
struct OtherModel {
    name: &'static str,
    dimensions: usize,
    refused: &'static str,
}

#[async_trait]
impl Embedder for OtherModel {
    fn model(&self) -> &str {
        self.name
    }

    fn dimensions(&self) -> usize {
        self.dimensions
    }

    fn likeness(&self) -> Likeness {
        HashedEmbedder.likeness()
    }

    async fn embed(&self, texts: &[String]) -> Result<Vec<Vec<f32>>, EmbedError> {
        if texts.iter().any(|text| text.contains(self.refused)) {
            return Err(EmbedError::Refused("no".to_owned()));
        }
        HashedEmbedder.embed(texts).await
    }
}

fn folder(files: &[(&str, &str)]) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (name, text) in files {
        write(dir.path(), name, text);
    }
    dir
}

fn write(dir: &Path, name: &str, text: impl AsRef<[u8]>) {
    let path = dir.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

async fn sources(setting: &Setting, question: &str) -> Vec<String> {
    let mut tx = setting.tx().await;
    let found = queries::search(&mut tx, &HashedEmbedder, TODAY, question, 5)
        .await
        .unwrap();
    found.into_iter().map(|passage| passage.source).collect()
}

async fn refusal(setting: &Setting, dir: &Path, embedder: &dyn Embedder) -> KnowledgeError {
    let mut tx = setting.tx().await;
    commands::ingest_folder(&mut tx, embedder, dir, |_| {})
        .await
        .unwrap_err()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_format_is_read_and_other_files_are_counted() {
    let setting = Setting::new().await;
    let dir = folder(&[
        (
            "pets.md",
            "# Pets\n\n## Are dogs welcome?\n\nDogs are welcome.",
        ),
        (
            "deeper/smoking.txt",
            "Smoking\n\nWhere can I smoke?\n\nAt the bench.",
        ),
        (
            "lost.html",
            "<h1>Lost</h1><h2>Lost umbrella</h2><p>Ask us.</p>",
        ),
        ("photo.jpg", "not text"),
        (".hidden.md", "# Hidden"),
    ]);
    let summary = setting.ingest(dir.path()).await;
    assert_eq!(
        summary,
        IngestSummary {
            read: 3,
            unchanged: 0,
            removed: 0,
            passages: 3,
            ignored: 1
        }
    );
    assert_eq!(sources(&setting, "are dogs welcome").await, ["pets.md"]);
    assert_eq!(
        sources(&setting, "where can I smoke").await,
        ["deeper/smoking.txt"]
    );
    assert_eq!(
        sources(&setting, "my umbrella is lost").await,
        ["lost.html"]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn only_what_changed_is_read_again() {
    let setting = Setting::new().await;
    let dir = folder(&[
        ("pets.md", "# Pets\n\nDogs."),
        ("pool.md", "# Pool\n\nNo swimming."),
        ("ice.md", "# Ice\n\nFree ice."),
    ]);
    setting.ingest(dir.path()).await;
    let again = setting.ingest(dir.path()).await;
    assert_eq!(
        again,
        IngestSummary {
            unchanged: 3,
            ..IngestSummary::default()
        }
    );

    write(
        dir.path(),
        "pets.md",
        "# Parrots\n\nParrots may fly around.",
    );
    fs::remove_file(dir.path().join("pool.md")).unwrap();
    let changed = setting.ingest(dir.path()).await;
    assert_eq!(
        changed,
        IngestSummary {
            read: 1,
            unchanged: 1,
            removed: 1,
            passages: 1,
            ignored: 0
        }
    );
    assert_eq!(sources(&setting, "parrots").await, ["pets.md"]);
    assert!(sources(&setting, "swimming pool").await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn another_model_reads_everything_again() {
    let setting = Setting::new().await;
    let dir = folder(&[("pets.md", "# Pets\n\nDogs.")]);
    setting.ingest(dir.path()).await;
    let other = OtherModel {
        name: "other",
        dimensions: 512,
        refused: "\0",
    };
    let mut tx = setting.tx().await;
    let summary = commands::ingest_folder(&mut tx, &other, dir.path(), |_| {})
        .await
        .unwrap();
    assert_eq!(summary.read, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_half_way_leaves_the_old_knowledge_whole() {
    let setting = Setting::new().await;
    let dir = folder(&[
        ("a.md", "# Pets\n\nDogs are welcome."),
        ("b.md", "# Ice\n\nFree ice."),
    ]);
    setting.ingest(dir.path()).await;
    write(dir.path(), "a.md", "# Pets\n\nParrots are welcome.");
    write(dir.path(), "b.md", "# Ice\n\nNo more ice, poison.");
    let failing = OtherModel {
        name: HashedEmbedder.model(),
        dimensions: 512,
        refused: "poison",
    };
    assert!(matches!(
        refusal(&setting, dir.path(), &failing).await,
        KnowledgeError::Embed(_)
    ));
    assert_eq!(sources(&setting, "dogs").await, ["a.md"]);
    assert!(sources(&setting, "parrots").await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_breaks_a_bound_is_refused_by_name() {
    let setting = Setting::new().await;
    let dir = folder(&[("huge.md", &"word ".repeat(300_000))]);
    let error = refusal(&setting, dir.path(), &HashedEmbedder).await;
    assert!(
        matches!(&error, KnowledgeError::TooLarge { path, .. } if path.ends_with("huge.md")),
        "{error:?}"
    );

    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), "latin.txt", [b'c', b'a', b'f', 0xe9]);
    let error = refusal(&setting, dir.path(), &HashedEmbedder).await;
    assert!(
        matches!(&error, KnowledgeError::Unfit { source_name, .. } if source_name == "latin.txt"),
        "{error:?}"
    );

    let error = refusal(&setting, Path::new("/nowhere"), &HashedEmbedder).await;
    assert!(
        matches!(error, KnowledgeError::Unreadable { .. }),
        "{error:?}"
    );

    let short = OtherModel {
        name: "short",
        dimensions: 3,
        refused: "\0",
    };
    let error = refusal(&setting, &demo_documents(), &short).await;
    assert!(
        matches!(error, KnowledgeError::Dimensions { dimensions: 3, .. }),
        "{error:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn progress_is_told_file_by_file() {
    let setting = Setting::new().await;
    let dir = folder(&[("b.md", "# B\n\nb"), ("a.md", "# A\n\na")]);
    let mut told = Vec::new();
    let mut tx = setting.tx().await;
    commands::ingest_folder(&mut tx, &HashedEmbedder, dir.path(), |step| {
        told.push((step.source.to_owned(), step.done, step.total));
    })
    .await
    .unwrap();
    assert_eq!(told, [("a.md".to_owned(), 1, 2), ("b.md".to_owned(), 2, 2)]);
}
