//! Searching for a room: from memory, from the database, and what pgbench makes of the same SQL; few properties and many.

use serde::Serialize;

use super::{Town, manner, sampling, search_load, search_of};
use crate::load::Until;
use crate::measure::{Measured, median};
use crate::options::Plan;
use crate::pgbench;
use crate::server::Binary;

/// What searching came to.
#[derive(Debug, Serialize)]
pub struct Searching {
    /// pgbench on the large database, transactions per second.
    pub pgbench: f64,
    /// pgbench on the small one.
    pub pgbench_small: f64,
    /// Over HTTP on the large database.
    pub large: Measured,
    /// Over HTTP on the small one.
    pub small: Measured,
    /// Over HTTP on the large database with nothing kept in memory.
    pub direct: Measured,
    /// What pgbench ran.
    pub sql: String,
}

#[derive(Default)]
struct Runs {
    pgbench: Vec<f64>,
    pgbench_small: Vec<f64>,
    large: Vec<Measured>,
    small: Vec<Measured>,
    direct: Vec<Measured>,
}

/// Measures searching.
///
/// # Errors
/// Something could not be started, or a search was refused.
pub async fn measure(
    small: &Town<'_>,
    large: &Town<'_>,
    binary: &Binary,
    plan: Plan,
) -> anyhow::Result<Searching> {
    let script = sampling::sample(large, binary, 200, "", |tenant, arrival, _| {
        search_of(tenant, arrival)
    })
    .await?;
    let mut runs = Runs::default();
    for run in plan.each_run() {
        eprintln!("search, run {run}");
        runs.small.push(http(small, binary, plan, true).await?);
        runs.large.push(http(large, binary, plan, true).await?);
        runs.direct.push(http(large, binary, plan, false).await?);
        for (town, rates) in [(large, &mut runs.pgbench), (small, &mut runs.pgbench_small)] {
            let range = town.range(0);
            let rate = pgbench::rate(
                town.pgbench,
                &town.url,
                &script,
                range,
                plan.connections,
                plan.search,
            );
            rates.push(rate.await?);
        }
    }
    Ok(Searching {
        pgbench: median(runs.pgbench),
        pgbench_small: median(runs.pgbench_small),
        large: Measured::median_of(&runs.large),
        small: Measured::median_of(&runs.small),
        direct: Measured::median_of(&runs.direct),
        sql: script.text,
    })
}

async fn http(
    town: &Town<'_>,
    binary: &Binary,
    plan: Plan,
    calendar: bool,
) -> anyhow::Result<Measured> {
    let server = binary
        .serve(&town.url, manner(plan.connections, calendar))
        .await?;
    let load = search_load(&server, town.tenants, plan.connections);
    load.run(Until::Elapsed(plan.warm_up), town.folder).await?;
    let measured = load.run(Until::Elapsed(plan.search), town.folder).await?;
    server.stop().await?;
    Ok(measured)
}
