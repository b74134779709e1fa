//! A kitchen to test with: the demo tenant in New York with three chefs and a dinner at $55 a guest.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::dsl::sql;
use diesel::sql_types::BigInt;
use diesel_async::RunQueryDsl;
use motel_appointments::commands::{BookRequest, Booked, book, put_service, put_station};
use motel_appointments::{
    Appointment, AppointmentError, By, Destination, ServiceDetails, StationDetails, Wishes,
};
use motel_db::TenantTx;
use motel_guests::GuestDetails;
use motel_kernel::{Actor, Email, PersonName};
use motel_tenancy::testing::{DemoTenant, demo_tenant};
use motel_testkit::TestDb;

pub(crate) const TABLES: &[&str] = &["tenancy", "jobs", "guests", "appointments", "mail"];

pub(crate) const DINNER: &str = r#"
code = "feast"
name = "Feast"
duration_minutes = 150
buffer_before_minutes = 15
buffer_after_minutes = 15
starts = { kind = "fixed", times = ["12:00", "15:00", "18:00", "21:00"] }
opening_hours = [{ days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], from = "12:00", until = "00:00" }]
price_basis = "per_guest"
price_minor = 5500
min_guests = 1
max_guests = 90
guests_per_station = 30
lead_minutes = 2880
horizon_days = 365
travel = { kind = "per_mile", free_miles = 30, fee_minor_per_mile = 200, maximum_miles = 100 }
deposit_basis_points = 3000
fees = { cancellation = [{ hours_before = 168, basis_points = 5000 }], no_show_basis_points = 10000 }
reminder_hours = [72, 24]
add_ons = [{ code = "salmon", name = "Salmon", basis = "per_guest", price_minor = 900 }]
"#;

const CHEF: &str = r#"
working_hours = [{ days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], from = "00:00", until = "00:00" }]
services = ["feast"]
"#;

pub(crate) struct Kitchen {
    pub(crate) database: TestDb,
    pub(crate) demo: DemoTenant,
}

impl Kitchen {
    pub(crate) async fn open() -> Self {
        let kitchen = Self::bare().await;
        let mut tx = kitchen.tx().await;
        put_service(&mut tx, &kitchen.demo.property, dinner())
            .await
            .unwrap();
        for code in ["mateo", "noor", "wren"] {
            put_station(&mut tx, &kitchen.demo.property, chef(code))
                .await
                .unwrap();
        }
        tx.commit().await.unwrap();
        kitchen
    }

    pub(crate) async fn bare() -> Self {
        let database = TestDb::new(TABLES).await;
        let demo = demo_tenant(&database).await;
        Self { database, demo }
    }

    pub(crate) async fn tx(&self) -> TenantTx {
        self.database.db().tenant(self.demo.tenant).await.unwrap()
    }

    /// Books and commits, as a handler does; an error leaves nothing.
    pub(crate) async fn book(&self, request: &BookRequest) -> Result<Booked, AppointmentError> {
        self.book_as(request, None).await
    }

    pub(crate) async fn book_as(
        &self,
        request: &BookRequest,
        key: Option<&str>,
    ) -> Result<Booked, AppointmentError> {
        let mut tx = self.tx().await;
        let booked = book(&mut tx, &self.demo.property, request, key, &guest(), noon()).await?;
        tx.commit().await?;
        Ok(booked)
    }

    pub(crate) async fn booked(&self, request: &BookRequest) -> Appointment {
        self.book(request).await.unwrap().appointment
    }

    /// One number out of the database, past the tenant's walls.
    pub(crate) async fn number(&self, query: &str) -> i64 {
        diesel::select(sql::<BigInt>(&format!("({query})")))
            .get_result(&mut self.database.admin().await)
            .await
            .unwrap()
    }

    pub(crate) async fn published(&self, kind: &str) -> i64 {
        self.number(&format!(
            "SELECT count(*) FROM jobs.events WHERE kind = '{kind}'"
        ))
        .await
    }
}

pub(crate) fn dinner() -> ServiceDetails {
    toml::from_str(DINNER).unwrap()
}

pub(crate) fn chef(code: &str) -> StationDetails {
    toml::from_str(&format!("code = {code:?}\nname = {code:?}\n{CHEF}")).unwrap()
}

pub(crate) fn guest() -> By {
    By::actor(Actor::Guest)
}

/// Noon in New York, a Tuesday.
pub(crate) fn noon() -> DateTime<Utc> {
    at("2026-12-01T17:00:00Z")
}

pub(crate) fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Six in the evening in New York on 12 December.
pub(crate) fn six() -> DateTime<Utc> {
    at("2026-12-12T23:00:00Z")
}

pub(crate) fn wishes(guests: u32) -> Wishes {
    Wishes {
        destination: Some(Destination::Miles(10)),
        ..Wishes::for_guests(guests)
    }
}

pub(crate) fn request(starts_at: DateTime<Utc>, guests: u32, email: &str) -> BookRequest {
    BookRequest {
        service: "feast".to_owned(),
        starts_at,
        wishes: wishes(guests),
        guest: GuestDetails {
            name: PersonName::parse("Ines Prado").unwrap(),
            email: Email::parse(email).unwrap(),
            phone: None,
        },
        notes: String::new(),
        hold: None,
        agreed: None,
        any_notice: false,
    }
}
