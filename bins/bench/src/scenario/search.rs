//! Searching for a room: from memory, from the database, and what pgbench makes of the same SQL; few properties and many.

use std::time::Duration;

use serde::Serialize;

use super::{Town, manner, once_each, sampling, search_load, search_of};
use crate::load::Until;
use crate::measure::{Measured, median};
use crate::options::Plan;
use crate::pgbench;
use crate::server::{Binary, Server};

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
    let few = Warm::start(small, binary, plan).await?;
    let many = Warm::start(large, binary, plan).await?;
    let mut runs = Runs::default();
    for run in plan.each_run() {
        eprintln!("search, run {run}");
        runs.small.push(few.searches(plan.search).await?);
        runs.large.push(many.searches(plan.search).await?);
        runs.direct.push(direct(large, binary, plan).await?);
        for (town, rates) in [(large, &mut runs.pgbench), (small, &mut runs.pgbench_small)] {
            let range = town.range(0);
            let rate = pgbench::rate(
                town.pgbench,
                &town.url,
                &script,
                range.variables(),
                plan.connections,
                Until::Elapsed(plan.search),
            );
            rates.push(rate.await?);
        }
    }
    few.server.stop().await?;
    many.server.stop().await?;
    Ok(Searching {
        pgbench: median(runs.pgbench),
        pgbench_small: median(runs.pgbench_small),
        large: Measured::median_of(&runs.large),
        small: Measured::median_of(&runs.small),
        direct: Measured::median_of(&runs.direct),
        sql: script.text,
    })
}

/// A server that has been asked once by every tenant, as one that runs for a while has.
struct Warm<'a> {
    town: &'a Town<'a>,
    server: Server,
    connections: u32,
}

impl<'a> Warm<'a> {
    async fn start(town: &'a Town<'a>, binary: &Binary, plan: Plan) -> anyhow::Result<Self> {
        let server = binary
            .serve(&town.url, manner(plan.connections, true))
            .await?;
        eprintln!("every tenant of {} is asked for once", town.tenants);
        let rounds = once_each(&server, town.tenants, plan.connections);
        rounds.run(Until::Made(town.tenants), town.folder).await?;
        Ok(Self {
            town,
            server,
            connections: plan.connections,
        })
    }

    async fn searches(&self, duration: Duration) -> anyhow::Result<Measured> {
        let load = search_load(&self.server, self.town.tenants, self.connections);
        load.run(Until::Elapsed(duration), self.town.folder).await
    }
}

async fn direct(town: &Town<'_>, binary: &Binary, plan: Plan) -> anyhow::Result<Measured> {
    let server = binary
        .serve(&town.url, manner(plan.connections, false))
        .await?;
    let load = search_load(&server, town.tenants, plan.connections);
    load.run(Until::Elapsed(plan.warm_up), town.folder).await?;
    let measured = load.run(Until::Elapsed(plan.search), town.folder).await?;
    server.stop().await?;
    Ok(measured)
}
