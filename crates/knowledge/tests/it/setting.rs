use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use motel_db::TenantTx;
use motel_knowledge::{IngestSummary, commands};
use motel_llm::HashedEmbedder;
use motel_tenancy::testing::{DemoTenant, demo_tenant};
use motel_testkit::TestDb;

/// The day on which is searched.
pub(crate) const TODAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();

/// A database with one tenant.
pub(crate) struct Setting {
    pub(crate) db: TestDb,
    pub(crate) motel: DemoTenant,
}

impl Setting {
    pub(crate) async fn new() -> Self {
        let db = TestDb::new(&["tenancy", "knowledge"]).await;
        let motel = demo_tenant(&db).await;
        Self { db, motel }
    }

    pub(crate) async fn tx(&self) -> TenantTx {
        self.db.db().tenant(self.motel.tenant).await.unwrap()
    }

    /// Ingests a folder with the built-in model and commits.
    pub(crate) async fn ingest(&self, dir: &Path) -> IngestSummary {
        let mut tx = self.tx().await;
        let summary = commands::ingest_folder(&mut tx, &HashedEmbedder, dir, |_| {})
            .await
            .unwrap();
        tx.commit().await.unwrap();
        summary
    }
}

/// The documents of the demo motel.
pub(crate) fn demo_documents() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/remotemotel/knowledge")
}
