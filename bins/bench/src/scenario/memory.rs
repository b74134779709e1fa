//! What the server needs of memory: idle, and after searches and bookings of the whole town.

use serde::Serialize;

use super::{Town, booking_load, manner, once_each, search_load};
use crate::load::Until;
use crate::measure::median;
use crate::options::Plan;
use crate::server::Binary;

/// Guests of this scenario.
const BASE: u64 = 900_000_000;

/// Resident memory in MiB.
#[derive(Debug, Serialize)]
pub struct Memory {
    /// Just started.
    pub idle_mib: f64,
    /// The highest under load.
    pub busy_mib: f64,
}

/// Measures it.
///
/// # Errors
/// The server could not be started.
pub async fn measure(town: &Town<'_>, binary: &Binary, plan: Plan) -> anyhow::Result<Memory> {
    let (mut idle, mut busy) = (Vec::new(), Vec::new());
    for run in plan.each_run() {
        eprintln!("memory, run {run}");
        let server = binary
            .serve(&town.url, manner(plan.connections, true))
            .await?;
        idle.push(mib(server.resident_mib()?.0));
        let round = once_each(&server, town.tenants, plan.connections);
        round.run(Until::Made(town.tenants), town.folder).await?;
        let searches = search_load(&server, town.tenants, plan.connections);
        searches
            .run(Until::Elapsed(plan.search), town.folder)
            .await?;
        let base = BASE + run * 10_000_000;
        let bookings = booking_load(&server, town.tenants, plan.connections, base);
        bookings
            .run(Until::Elapsed(plan.warm_up), town.folder)
            .await?;
        busy.push(mib(server.resident_mib()?.1));
        server.stop().await?;
    }
    Ok(Memory {
        idle_mib: median(idle),
        busy_mib: median(busy),
    })
}

fn mib(count: u64) -> f64 {
    u32::try_from(count).unwrap_or(u32::MAX).into()
}
