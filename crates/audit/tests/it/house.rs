use chrono::Utc;
use diesel::sql_types::Text;
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};
use motel_audit::commands::{chain_entries, keep_for};
use motel_audit::{Days, Entry, Filter, Verdict, queries};
use motel_db::TenantTx;
use motel_kernel::TenantId;
use motel_tenancy::testing::{DemoTenant, demo_tenant, other_tenant};
use motel_testkit::TestDb;

/// Two businesses.
pub(crate) struct House {
    pub(crate) test: TestDb,
    pub(crate) demo: DemoTenant,
    pub(crate) other: DemoTenant,
}

impl House {
    pub(crate) async fn new() -> Self {
        let test = TestDb::new(&["tenancy", "audit"]).await;
        Self {
            demo: demo_tenant(&test).await,
            other: other_tenant(&test).await,
            test,
        }
    }

    /// One with a chain of so many changes, and of what founding it left.
    pub(crate) async fn with_changes(number: i64) -> Self {
        let house = Self::new().await;
        for n in 0..number {
            house.change(90 + n).await;
        }
        house.chain().await;
        house
    }

    pub(crate) async fn tx(&self, tenant: TenantId) -> TenantTx {
        self.test.db().tenant(tenant).await.unwrap()
    }

    /// A change that is noted.
    pub(crate) async fn change(&self, days: i64) {
        let mut tx = self.tx(self.demo.tenant).await;
        let days = Days::new(days).unwrap();
        keep_for(&mut tx, days, Utc::now()).await.unwrap();
        tx.commit().await.unwrap();
    }

    pub(crate) async fn chain(&self) -> usize {
        chain_entries(self.test.db()).await.unwrap()
    }

    /// The latest first.
    pub(crate) async fn entries(&self, filter: &Filter) -> Vec<Entry> {
        let mut tx = self.tx(self.demo.tenant).await;
        let found = queries::entries(&mut tx, filter, None, 1_000).await;
        found.unwrap()
    }

    pub(crate) async fn verify(&self) -> Verdict {
        let mut tx = self.tx(self.demo.tenant).await;
        let verdict = queries::verify(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
        verdict
    }

    /// Past the walls, as whoever owns the database.
    pub(crate) async fn execute(&self, sql: &str) {
        self.test.admin().await.batch_execute(sql).await.unwrap();
    }

    /// The same with what guards the tables out of the way.
    pub(crate) async fn tamper(&self, sql: &str) {
        let tenant = self.demo.tenant;
        let sql = sql.replace(":ours", &format!("tenant_id = '{tenant}'"));
        let sql = format!("SET session_replication_role = replica; {sql}");
        self.execute(&sql).await;
    }

    /// The one column of text a query answers, past the walls.
    pub(crate) async fn lines(&self, query: &str) -> Vec<String> {
        let mut admin = self.test.admin().await;
        diesel::dsl::sql::<Text>(query)
            .load(&mut admin)
            .await
            .unwrap()
    }
}
