//! A whole run, from two empty databases to a table of results.

use std::path::Path;

use anyhow::Context;

use crate::machine::Machine;
use crate::options::{Options, Plan, Scenario};
use crate::report::Report;
use crate::scenario::{self, Town};
use crate::server::Binary;
use crate::town;

/// Where the motel to copy is described.
const FIXTURE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixture");

/// Measures everything and writes what was found.
///
/// # Errors
/// Something could not be started, or a scenario did not go as it must.
pub async fn run(options: &Options) -> anyhow::Result<()> {
    let plan = options.plan();
    let scratch = tempfile::tempdir()?;
    let binary = Binary::new(&options.server, scratch.path());
    let small = build("bench_small", plan.few, &binary, options, scratch.path()).await?;
    let large = build("bench_large", plan.many, &binary, options, scratch.path()).await?;

    let mut report = Report::new(
        machine(options).await?,
        plan,
        &options.commit,
        options.quick,
    );
    if options.wants(Scenario::Search) {
        report.search = Some(scenario::search::measure(&small, &large, &binary, plan).await?);
    }
    if options.wants(Scenario::Booking) {
        report.booking = Some(scenario::booking::measure(&large, &binary, plan).await?);
    }
    if options.wants(Scenario::LastRoom) {
        report.last_room = Some(scenario::last_room::measure(&large, &binary, plan).await?);
    }
    if options.wants(Scenario::Memory) {
        report.memory = Some(scenario::memory::measure(&large, &binary, plan).await?);
    }
    if options.only.is_empty() {
        report.write(&options.out)?;
    }
    println!("{}", report.table());
    Ok(())
}

async fn build<'a>(
    name: &str,
    tenants: u32,
    binary: &Binary,
    options: &'a Options,
    scratch: &'a Path,
) -> anyhow::Result<Town<'a>> {
    eprintln!("building {name}: {tenants} properties");
    let url = town::empty_database(&options.postgres, name).await?;
    binary.run(&url, &["migrate"]).await?;
    binary.run(&url, &["seed", FIXTURE]).await?;
    town::settle(&url, tenants)
        .await
        .with_context(|| format!("building {name}"))?;
    Ok(Town {
        url,
        tenants,
        pgbench: &options.pgbench,
        postgres_log: &options.postgres_log,
        folder: scratch,
    })
}

async fn machine(options: &Options) -> anyhow::Result<Machine> {
    let client = town::connect(&format!("{}/postgres", options.postgres)).await?;
    let row = client
        .query_one(
            "SELECT 'PostgreSQL ' || current_setting('server_version') || ', fsync ' || current_setting('fsync')
                 || ', synchronous_commit ' || current_setting('synchronous_commit')
                 || ', shared_buffers ' || current_setting('shared_buffers')",
            &[],
        )
        .await?;
    Ok(Machine::describe(row.get(0)))
}

impl Plan {
    /// The number of a run, for ids that must differ.
    pub fn each_run(&self) -> impl Iterator<Item = u64> + use<> {
        1..=u64::from(self.runs)
    }
}
