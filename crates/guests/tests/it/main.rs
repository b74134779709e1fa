//! The guests on a real PostgreSQL.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod isolation;
mod upsert;

use motel_guests::GuestDetails;
use motel_kernel::{Email, PersonName, Phone};
use motel_testkit::TestDb;

async fn database() -> TestDb {
    TestDb::new(&["tenancy", "guests"]).await
}

fn details(name: &str, email: &str, phone: Option<&str>) -> GuestDetails {
    GuestDetails {
        name: PersonName::parse(name).unwrap(),
        email: Email::parse(email).unwrap(),
        phone: phone.map(|phone| Phone::parse(phone).unwrap()),
    }
}
