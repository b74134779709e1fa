//! The inventory on a real PostgreSQL.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod counting;
mod first_fit;
mod free_nights;
mod isolation;
mod opening;
mod packing;
mod pencil_and_paper;
mod putting;
mod race;

use chrono::{Days, NaiveDate};
use diesel::sql_types::{BigInt, Uuid};
use diesel_async::RunQueryDsl;
use motel_inventory::testing::{DemoRooms, demo_rooms};
use motel_inventory::{UnitGroup, commands};
use motel_kernel::{StayDates, TenantId};
use motel_tenancy::Property;
use motel_tenancy::testing::demo_tenant;
use motel_testkit::TestDb;

/// The demo motel with its rooms, and thirty nights open from `day(0)`.
struct Motel {
    database: TestDb,
    tenant: TenantId,
    property: Property,
    rooms: DemoRooms,
}

impl Motel {
    async fn open() -> Self {
        let database = database().await;
        let demo = demo_tenant(&database).await;
        let mut tx = database.db().tenant(demo.tenant).await.unwrap();
        let rooms = demo_rooms(&mut tx, demo.property.id).await.unwrap();
        commands::open_nights(&mut tx, demo.property.id, day(0), day(30))
            .await
            .unwrap();
        tx.commit().await.unwrap();
        Self {
            database,
            tenant: demo.tenant,
            property: demo.property,
            rooms,
        }
    }

    async fn tx(&self) -> motel_db::TenantTx {
        self.database.db().tenant(self.tenant).await.unwrap()
    }

    /// Room-nights sold in a group, as they stand committed.
    async fn sold(&self, group: &UnitGroup) -> i64 {
        #[derive(diesel::QueryableByName)]
        struct Sold {
            #[diesel(sql_type = BigInt)]
            sold: i64,
        }
        let mut admin = self.database.admin().await;
        let rows: Vec<Sold> = diesel::sql_query(
            "SELECT sum(sold) AS sold FROM inventory.nightly_counters WHERE unit_group_id = $1",
        )
        .bind::<Uuid, _>(group.id)
        .load(&mut admin)
        .await
        .unwrap();
        rows[0].sold
    }
}

async fn database() -> TestDb {
    TestDb::new(&["tenancy", "inventory"]).await
}

fn day(offset: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 12, 1).unwrap() + Days::new(offset)
}

fn stay(from: u64, nights: u32) -> StayDates {
    StayDates::from_nights(day(from), nights).unwrap()
}
