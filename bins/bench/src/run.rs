//! A whole run, from empty databases to a table of results.

use std::path::Path;

use anyhow::Context;

use crate::machine::Machine;
use crate::options::{Options, Plan, Scenario};
use crate::report::Report;
use crate::scenario::folios::{self, Folios, MOTELS};
use crate::scenario::{self, Town, manner};
use crate::server::Binary;
use crate::town::{self, Rows};

/// Where the motel to copy is described.
const FIXTURE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixture");

/// Where the demo businesses are, of which one has somebody who signs in.
const WORKSPACE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// Measures everything and writes what was found.
///
/// # Errors
/// Something could not be started, or a scenario did not go as it must.
pub async fn run(options: &Options) -> anyhow::Result<()> {
    let plan = options.plan();
    let scratch = tempfile::tempdir()?;
    let binary = Binary::new(&options.server, scratch.path());
    let mut report = Report::new(
        machine(options).await?,
        plan,
        &options.commit,
        options.quick,
    );
    let run = Run {
        options,
        plan,
        binary: &binary,
        scratch: scratch.path(),
    };
    run.rooms(&mut report).await?;
    run.books(&mut report).await?;
    run.statements(&mut report).await?;
    run.door(&mut report).await?;
    if options.only.is_empty() {
        report.write(&options.out)?;
    }
    println!("{}", report.table());
    Ok(())
}

struct Run<'a> {
    options: &'a Options,
    plan: Plan,
    binary: &'a Binary,
    scratch: &'a Path,
}

impl<'a> Run<'a> {
    /// Searching and selling.
    async fn rooms(&self, report: &mut Report) -> anyhow::Result<()> {
        use Scenario::{Booking, Chat, LastRoom, Memory, Search, Walls};
        let (options, plan, binary) = (self.options, self.plan, self.binary);
        if ![Search, Booking, Chat, LastRoom, Memory, Walls]
            .iter()
            .any(|it| options.wants(*it))
        {
            return Ok(());
        }
        let small = self.town("bench_small", plan.few).await?;
        let large = self.town("bench_large", plan.many).await?;
        if options.wants(Search) {
            let found = scenario::search::measure(&small, &large, binary, plan).await?;
            report.search = Some(found);
        }
        if options.wants(Walls) {
            report.walls = Some(scenario::walls::measure(&large, binary, plan).await?);
        }
        if options.wants(Booking) {
            report.booking = Some(scenario::booking::measure(&large, binary, plan).await?);
        }
        if options.wants(Chat) {
            report.chat = Some(scenario::chat::measure(&large, binary, plan).await?);
        }
        if options.wants(LastRoom) {
            report.last_room = Some(scenario::last_room::measure(&large, binary, plan).await?);
        }
        if options.wants(Memory) {
            report.memory = Some(scenario::memory::measure(&large, binary, plan).await?);
        }
        Ok(())
    }

    /// Folios, payments and invoices.
    async fn books(&self, report: &mut Report) -> anyhow::Result<()> {
        use Scenario::{Invoice, Postings, Webhooks};
        let (options, plan, binary) = (self.options, self.plan, self.binary);
        if ![Postings, Webhooks, Invoice]
            .iter()
            .any(|it| options.wants(*it))
        {
            return Ok(());
        }
        let folios = self.folios().await?;
        if options.wants(Postings) {
            let found = scenario::postings::measure(&folios, binary, plan).await?;
            report.postings = Some(found);
        }
        if options.wants(Webhooks) {
            let found = scenario::webhooks::measure(&folios, binary, plan).await?;
            report.webhooks = Some(found);
        }
        if options.wants(Invoice) {
            report.invoice = Some(scenario::invoice::measure(&folios, binary, plan).await?);
        }
        Ok(())
    }

    /// What businesses owe to the operator.
    async fn statements(&self, report: &mut Report) -> anyhow::Result<()> {
        if !self.options.wants(Scenario::Statements) {
            return Ok(());
        }
        let businesses = self.plan.many;
        eprintln!("building bench_statements: {businesses} businesses");
        let town = self.seeded("bench_statements", businesses).await?;
        town::settle(&town.url, businesses, Rows::OfBusinesses).await?;
        let found = scenario::statements::measure(&town.url, self.binary, self.plan).await?;
        report.statements = Some(found);
        Ok(())
    }

    /// Who comes in.
    async fn door(&self, report: &mut Report) -> anyhow::Result<()> {
        if !self.options.wants(Scenario::Door) {
            return Ok(());
        }
        let url = town::empty_database(&self.options.postgres, "bench_door").await?;
        self.binary.run(&url, &["migrate"]).await?;
        let workspace = Path::new(WORKSPACE);
        let demo = self.binary.run_in(workspace, &url, &["seed", "--demo"]);
        demo.await?;
        let found = scenario::door::measure(&url, self.binary, self.scratch, self.plan).await?;
        report.door = Some(found);
        Ok(())
    }

    /// Motels with two years of nights, of which 60 % are sold.
    async fn town(&self, name: &str, tenants: u32) -> anyhow::Result<Town<'a>> {
        eprintln!("building {name}: {tenants} properties");
        let town = self.seeded(name, tenants).await?;
        town::settle(&town.url, tenants, Rows::All)
            .await
            .with_context(|| format!("building {name}"))?;
        Ok(town)
    }

    /// Motels with stays and folios.
    async fn folios(&self) -> anyhow::Result<Folios<'a>> {
        let stays = self.plan.stays;
        eprintln!("building bench_folios: {MOTELS} properties with {stays} folios each");
        let town = self.seeded("bench_folios", MOTELS).await?;
        let manner = manner(self.plan.connections, true);
        let server = self.binary.serve(&town.url, manner).await?;
        folios::book(&town, &server, stays).await?;
        server.stop().await?;
        folios::copy(&town.url)
            .await
            .context("building bench_folios")?;
        Folios::read(town, self.binary).await
    }

    /// A database with the motel to copy.
    async fn seeded(&self, name: &str, tenants: u32) -> anyhow::Result<Town<'a>> {
        let url = town::empty_database(&self.options.postgres, name).await?;
        self.binary.run(&url, &["migrate"]).await?;
        self.binary.run(&url, &["seed", FIXTURE]).await?;
        Ok(Town {
            url,
            tenants,
            pgbench: &self.options.pgbench,
            postgres_log: &self.options.postgres_log,
            folder: self.scratch,
        })
    }
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
