//! What is measured, one scenario a file.

pub mod booking;
pub mod chat;
pub mod door;
pub mod folios;
pub mod invoice;
pub mod last_room;
pub mod memory;
pub mod postings;
mod sampling;
pub mod search;
pub mod statements;
pub mod walls;
pub mod webhooks;

use std::path::Path;

use chrono::{Days, NaiveDate, Utc};

use crate::load::{Load, Next, Wanted};
use crate::pgbench::Range;
use crate::server::{Manner, Server};

/// Every stay is so long.
const NIGHTS: u64 = 2;

/// Arrivals lie from this many days ahead …
const FROM_DAY: u64 = 30;

/// … on so many days more: within the two years that are open, with a margin for looking at neighbouring dates.
const DAYS: u32 = 640;

/// A database full of motels.
#[derive(Debug, Clone)]
pub struct Town<'a> {
    /// Its address for a superuser.
    pub url: String,
    /// How many.
    pub tenants: u32,
    /// pgbench.
    pub pgbench: &'a Path,
    /// What PostgreSQL logs.
    pub postgres_log: &'a Path,
    /// Where files can be written.
    pub folder: &'a Path,
}

impl Town<'_> {
    fn range(&self, base: u64) -> Range {
        Range {
            tenants: self.tenants,
            first: first_day(),
            days: DAYS,
            base,
        }
    }

    /// The later half of the days, in which nobody books over HTTP: pgbench takes one unit whoever may be in it.
    fn later_range(&self, base: u64) -> Range {
        Range {
            first: first_day() + Days::new(u64::from(DAYS / 2)),
            days: DAYS / 2,
            ..self.range(base)
        }
    }
}

fn first_day() -> NaiveDate {
    Utc::now().date_naive() + Days::new(FROM_DAY)
}

/// A tenant and an arrival for a request, the same for the same number: scattered evenly over the town.
fn scattered(number: u64, tenants: u32, days: u32) -> (u64, NaiveDate) {
    // The finaliser of SplitMix64: neighbouring numbers come out far apart.
    let mut mixed = number.wrapping_add(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^= mixed >> 31;
    let tenant = mixed % u64::from(tenants) + 1;
    let day = (mixed >> 32) % u64::from(days);
    (tenant, first_day() + Days::new(day))
}

fn search_of(tenant: u64, arrival: NaiveDate) -> Wanted {
    let departure = arrival + Days::new(NIGHTS);
    Wanted {
        path: format!(
            "/api/v1/public/bench-{tenant}/availability?check_in={arrival}&check_out={departure}&adults=2"
        ),
        ..Wanted::default()
    }
}

fn booking_of(tenant: u64, arrival: NaiveDate, guest: &str) -> Wanted {
    booking_at(&format!("bench-{tenant}"), arrival, guest)
}

fn booking_at(motel: &str, arrival: NaiveDate, guest: &str) -> Wanted {
    let departure = arrival + Days::new(NIGHTS);
    Wanted {
        path: format!("/api/v1/public/{motel}/bookings"),
        body: Some(
            serde_json::json!({
                "check_in": arrival,
                "check_out": departure,
                "room_type": "queen",
                "adults": 2,
                "guest": { "full_name": "Bench Guest", "email": format!("bench-{guest}@example.com") },
            })
            .to_string(),
        ),
        headers: Vec::new(),
    }
}

fn search_load(server: &Server, tenants: u32, connections: u32) -> Load {
    let next: Next = std::sync::Arc::new(move |number| {
        let (tenant, arrival) = scattered(number, tenants, DAYS);
        search_of(tenant, arrival)
    });
    Load {
        address: server.address,
        connections,
        good: 200,
        next,
    }
}

/// One search of every tenant.
fn once_each(server: &Server, tenants: u32, connections: u32) -> Load {
    let next: Next =
        std::sync::Arc::new(move |number| search_of(number % u64::from(tenants) + 1, first_day()));
    Load {
        address: server.address,
        connections,
        good: 200,
        next,
    }
}

fn booking_load(server: &Server, tenants: u32, connections: u32, base: u64) -> Load {
    let next: Next = std::sync::Arc::new(move |number| {
        let (tenant, arrival) = scattered(number ^ base, tenants, DAYS / 2);
        booking_of(tenant, arrival, &format!("{}", base + number))
    });
    Load {
        address: server.address,
        connections,
        good: 201,
        next,
    }
}

/// Any other server but with so many connections to the database, and with or without the calendar in memory.
pub(crate) fn manner(connections: u32, calendar: bool) -> Manner {
    Manner {
        connections,
        calendar,
        stripe: false,
        bills: false,
    }
}
