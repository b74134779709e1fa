use chrono::{DateTime, NaiveDate, Utc};
use motel_db::TenantTx;
use motel_kernel::{PropertyId, TenantId};
use motel_tenancy::testing::{demo_tenant, other_tenant};
use motel_testkit::TestDb;

const OWNERS: [&str; 11] = [
    "tenancy",
    "jobs",
    "inventory",
    "rates",
    "taxes",
    "guests",
    "bookings",
    "billing",
    "conversations",
    "leads",
    "vouchers",
];

/// The demo motel with rooms to sell, and another tenant with none.
pub(crate) struct Motel {
    pub(crate) test: TestDb,
    pub(crate) tenant: TenantId,
    pub(crate) other: TenantId,
    pub(crate) property: PropertyId,
}

/// A Tuesday, ten in the morning at the motel.
pub(crate) fn now() -> DateTime<Utc> {
    "2026-12-01T15:00:00Z".parse().unwrap()
}

impl Motel {
    pub(crate) async fn open() -> Self {
        let test = TestDb::new(&OWNERS).await;
        let demo = demo_tenant(&test).await;
        let other = other_tenant(&test).await;
        let mut tx = test.db().tenant(demo.tenant).await.unwrap();
        let today = NaiveDate::from_ymd_opt(2026, 12, 1).unwrap();
        motel_rates::testing::demo_motel(&mut tx, &demo.property, today)
            .await
            .unwrap();
        tx.commit().await.unwrap();
        Self {
            test,
            tenant: demo.tenant,
            other: other.tenant,
            property: demo.property.id,
        }
    }

    pub(crate) async fn tx(&self) -> TenantTx {
        self.test.db().tenant(self.tenant).await.unwrap()
    }

    pub(crate) async fn bookings(&self) -> Vec<motel_bookings::Booking> {
        motel_bookings::queries::newest(&mut self.tx().await, 100)
            .await
            .unwrap()
    }
}
