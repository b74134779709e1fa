//! The guests on a real PostgreSQL.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod duplicates;
mod erasing;
mod isolation;
mod ledger;
mod merging;
mod remembered;
mod searching;
mod upsert;

use chrono::{DateTime, Utc};
use motel_db::TenantTx;
use motel_guests::commands::{Occasion, upsert as put};
use motel_guests::{Guest, GuestDetails};
use motel_kernel::{Actor, Email, PersonName, Phone};
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

async fn guest(tx: &mut TenantTx, name: &str, email: &str, phone: Option<&str>) -> Guest {
    put(tx, &details(name, email, phone)).await.unwrap()
}

/// So many minutes past noon, on the system's word.
fn at(minute: i64) -> Occasion {
    let noon: DateTime<Utc> = "2026-12-01T12:00:00Z".parse().unwrap();
    Occasion {
        actor: Actor::System,
        now: noon + chrono::Duration::minutes(minute),
    }
}
