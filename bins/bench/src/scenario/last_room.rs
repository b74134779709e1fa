//! Everybody wants the last room at once.

use std::net::SocketAddr;

use anyhow::ensure;
use chrono::{Days, NaiveDate};
use serde::Serialize;

use super::{NIGHTS, Town, booking_of, first_day, manner};
use crate::load::{Load, Until};
use crate::measure::{Measured, median};
use crate::options::Plan;
use crate::server::Binary;
use crate::town;

/// The motel with the last room.
const TENANT: u64 = 2;

/// What it came to.
#[derive(Debug, Serialize)]
pub struct LastRoom {
    /// Guests who asked.
    pub guests: u32,
    /// The slowest answer in milliseconds, the median of the runs, of a server that had answered such a rush before.
    pub slowest_ms: f64,
    /// The same of a server that was started a moment ago: it connects to the database meanwhile, and has every statement
    /// planned.
    pub slowest_cold_ms: f64,
    /// Bookings made in each rush; one, or the run has failed.
    pub won: Vec<u64>,
}

/// Measures it.
///
/// # Errors
/// Not exactly one guest got the room.
pub async fn measure(town: &Town<'_>, binary: &Binary, plan: Plan) -> anyhow::Result<LastRoom> {
    let (mut cold, mut warm): (Vec<Measured>, Vec<Measured>) = Default::default();
    for run in plan.each_run() {
        eprintln!("last room, run {run}");
        let server = binary
            .serve(&town.url, manner(plan.connections, true))
            .await?;
        let arrival = first_day() + Days::new(300 + 14 * run);
        cold.push(rush(town, server.address, arrival, plan.guests).await?);
        let arrival = arrival + Days::new(7);
        warm.push(rush(town, server.address, arrival, plan.guests).await?);
        server.stop().await?;
    }
    Ok(LastRoom {
        guests: plan.guests,
        slowest_ms: median(warm.iter().map(|run| run.slowest_ms)),
        slowest_cold_ms: median(cold.iter().map(|run| run.slowest_ms)),
        won: warm.iter().chain(&cold).map(|run| run.good).collect(),
    })
}

/// Everybody asks for the one room that is left from a day on.
async fn rush(
    town: &Town<'_>,
    address: SocketAddr,
    arrival: NaiveDate,
    guests: u32,
) -> anyhow::Result<Measured> {
    leave_one(town, arrival).await?;
    let load = Load {
        address,
        connections: guests,
        good: 201,
        next: std::sync::Arc::new(move |guest| {
            booking_of(TENANT, arrival, &format!("last-{arrival}-{guest}"))
        }),
    };
    let measured = load.run(Until::Made(guests), town.folder).await?;
    ensure!(
        measured.good == 1,
        "{} guests got the last room",
        measured.good
    );
    ensure!(left(town, arrival).await? == 0, "the counters do not agree");
    Ok(measured)
}

fn nights(arrival: NaiveDate) -> String {
    format!(
        "FROM inventory.unit_groups g WHERE g.tenant_id = c.tenant_id AND g.id = c.unit_group_id AND g.code = 'queen'
         AND c.tenant_id = {} AND c.night >= '{arrival}' AND c.night < '{}'",
        crate::script::tenant_expression(&TENANT.to_string()),
        arrival + Days::new(NIGHTS)
    )
}

async fn leave_one(town: &Town<'_>, arrival: NaiveDate) -> anyhow::Result<()> {
    let update = format!(
        "UPDATE inventory.nightly_counters c SET sold = capacity - 1 {}",
        nights(arrival)
    );
    let client = town::connect(&town.url).await?;
    client.batch_execute(&update).await?;
    Ok(())
}

async fn left(town: &Town<'_>, arrival: NaiveDate) -> anyhow::Result<i64> {
    let nights = nights(arrival).replacen("FROM inventory.unit_groups g", "", 1);
    let select = format!(
        "SELECT sum(c.capacity - c.sold) FROM inventory.nightly_counters c, inventory.unit_groups g {nights}"
    );
    let client = town::connect(&town.url).await?;
    Ok(client.query_one(&select, &[]).await?.get(0))
}
