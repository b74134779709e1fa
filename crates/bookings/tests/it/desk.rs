//! A front desk to test with: the demo motel, open for 90 nights from a fixed day.

use chrono::{DateTime, Days, NaiveDate, Utc};
use motel_bookings::commands::{BookRequest, Booked, book};
use motel_bookings::{BookingError, BookingSource, IdempotencyKey, StayRequest};
use motel_db::TenantTx;
use motel_guests::GuestDetails;
use motel_inventory::UnitGroup;
use motel_inventory::testing::DemoRooms;
use motel_kernel::{Email, Party, PersonName, StayDates};
use motel_tenancy::testing::{DemoTenant, demo_tenant};
use motel_testkit::TestDb;

pub(crate) const TABLES: &[&str] = &[
    "tenancy",
    "jobs",
    "inventory",
    "rates",
    "guests",
    "bookings",
    "mail",
];

pub(crate) struct Desk {
    pub(crate) database: TestDb,
    pub(crate) demo: DemoTenant,
    pub(crate) rooms: DemoRooms,
}

impl Desk {
    pub(crate) async fn open() -> Self {
        let database = TestDb::new(TABLES).await;
        let demo = demo_tenant(&database).await;
        let mut tx = database.db().tenant(demo.tenant).await.unwrap();
        let rooms = motel_rates::testing::demo_motel(&mut tx, &demo.property, today())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        Self {
            database,
            demo,
            rooms,
        }
    }

    pub(crate) async fn tx(&self) -> TenantTx {
        self.database.db().tenant(self.demo.tenant).await.unwrap()
    }

    /// Books and commits, as a handler does; an error leaves nothing.
    pub(crate) async fn book(
        &self,
        request: &BookRequest,
        key: Option<&IdempotencyKey>,
    ) -> Result<Booked, BookingError> {
        let mut tx = self.tx().await;
        let booked = book(&mut tx, &self.demo.property, request, key, noon()).await?;
        tx.commit().await?;
        Ok(booked)
    }

    /// How many units of a group are free on each night of a stay.
    pub(crate) async fn free(&self, group: &UnitGroup, stay: StayDates) -> Vec<u32> {
        let mut tx = self.tx().await;
        let all = motel_inventory::queries::free_per_night(&mut tx, self.demo.property.id, stay)
            .await
            .unwrap();
        let (_, nights) = all
            .into_iter()
            .find(|(found, _)| found.id == group.id)
            .unwrap();
        nights.iter().map(|night| night.free).collect()
    }
}

/// The first day on sale, a Tuesday.
pub(crate) fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 12, 1).unwrap()
}

/// Noon in New York on that day.
pub(crate) fn noon() -> DateTime<Utc> {
    "2026-12-01T17:00:00Z".parse().unwrap()
}

/// A stay that begins so many days from [`today`].
pub(crate) fn stay(in_days: u64, nights: u32) -> StayDates {
    StayDates::from_nights(today() + Days::new(in_days), nights).unwrap()
}

pub(crate) fn request(unit_group: &str, dates: StayDates, email: &str) -> BookRequest {
    BookRequest {
        stays: vec![StayRequest::new(
            dates,
            Party::new(2, 0, 0).unwrap(),
            unit_group,
        )],
        guest: GuestDetails {
            name: PersonName::parse("Ana Souza").unwrap(),
            email: Email::parse(email).unwrap(),
            phone: None,
        },
        source: BookingSource::Api,
        agreed: None,
    }
}
