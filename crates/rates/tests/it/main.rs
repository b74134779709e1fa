//! Rates and search on a real PostgreSQL.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod alternatives;
#[cfg(feature = "http")]
mod availability_over_http;
mod calendar;
mod isolation;
mod packages;
#[cfg(feature = "http")]
mod plans_over_http;
#[cfg(feature = "http")]
mod policies_over_http;
mod promos;
mod putting;
mod searching;

use chrono::{DateTime, Days, NaiveDate, Utc};
use motel_inventory::UnitGroup;
use motel_inventory::commands::take_nights;
use motel_inventory::testing::DemoRooms;
use motel_kernel::{Party, StayDates, TenantId};
use motel_rates::commands::{RestrictionEdit, edit_restrictions};
use motel_rates::testing::demo_motel;
use motel_rates::{
    NightRange, RestrictionKind, RestrictionScope, SearchRequest, SearchResult, Weekdays, queries,
};
use motel_tenancy::Property;
use motel_tenancy::testing::{DemoTenant, demo_tenant};
use motel_testkit::TestDb;

/// The demo motel, on sale for ninety nights from `day(0)`, which is today.
struct Motel {
    database: TestDb,
    demo: DemoTenant,
    tenant: TenantId,
    property: Property,
    rooms: DemoRooms,
}

impl Motel {
    async fn open() -> Self {
        let database = TestDb::new(&["tenancy", "inventory", "taxes", "rates"]).await;
        let demo = demo_tenant(&database).await;
        let mut tx = database.db().tenant(demo.tenant).await.unwrap();
        let rooms = demo_motel(&mut tx, &demo.property, day(0)).await.unwrap();
        tx.commit().await.unwrap();
        Self {
            database,
            tenant: demo.tenant,
            property: demo.property.clone(),
            demo,
            rooms,
        }
    }

    async fn tx(&self) -> motel_db::TenantTx {
        self.database.db().tenant(self.tenant).await.unwrap()
    }

    async fn search(&self, request: &SearchRequest) -> SearchResult {
        let tx = self.tx().await;
        queries::search(&tx, &self.property, request, noon(0))
            .await
            .unwrap()
    }

    /// Sells some units of a group for every night of a stay.
    async fn sell(&self, group: &UnitGroup, stay: StayDates, units: usize) {
        let mut tx = self.tx().await;
        for _ in 0..units {
            take_nights(&mut tx, group.id, stay).await.unwrap();
        }
        tx.commit().await.unwrap();
    }
}

impl Motel {
    /// A restriction of the whole property on some dates.
    async fn restrict(&self, kind: RestrictionKind, value: i32, dates: StayDates) {
        let mut tx = self.tx().await;
        let nights = NightRange::new(dates.arrival(), dates.departure(), Weekdays::ALL).unwrap();
        let edit = RestrictionEdit {
            kind,
            value: Some(value),
        };
        let everywhere = RestrictionScope::default();
        edit_restrictions(&mut tx, self.property.id, everywhere, nights, &[edit])
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }
}

/// `day(0)` is Tuesday, 1 December 2026.
fn day(offset: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 12, 1).unwrap() + Days::new(offset)
}

/// Noon of that day in New York.
fn noon(offset: u64) -> DateTime<Utc> {
    day(offset).and_hms_opt(17, 0, 0).unwrap().and_utc()
}

fn stay(from: u64, nights: u32) -> StayDates {
    StayDates::from_nights(day(from), nights).unwrap()
}

fn request(stay: StayDates, adults: i64, children: i64, pets: i64) -> SearchRequest {
    SearchRequest::new(stay, Party::new(adults, children, pets).unwrap())
}

fn only(code: &str, request: SearchRequest) -> SearchRequest {
    SearchRequest {
        unit_group: Some(code.to_owned()),
        ..request
    }
}
