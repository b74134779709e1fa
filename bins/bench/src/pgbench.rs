//! Running pgbench.

use std::path::Path;

use anyhow::{Context, ensure};
use chrono::NaiveDate;
use tokio::process::Command;

use crate::load::Until;
use crate::script::Script;

/// What a script's variables begin with.
pub type Variables = Vec<(&'static str, String)>;

/// What the variables of a script about rooms range over.
#[derive(Debug, Clone, Copy)]
pub struct Range {
    /// Tenants 1 to this.
    pub tenants: u32,
    /// The first day of arrival.
    pub first: NaiveDate,
    /// The last one is so many days later.
    pub days: u32,
    /// New ids begin here, so that no two runs make the same.
    pub base: u64,
}

impl Range {
    /// The same for pgbench.
    pub fn variables(&self) -> Variables {
        vec![
            ("tenants", self.tenants.to_string()),
            ("first", self.first.to_string()),
            ("days", self.days.to_string()),
            ("base", self.base.to_string()),
        ]
    }
}

/// Transactions per second of a script with `connections` connections, all statements prepared. Of a number of transactions
/// that the connections do not divide, the rest is left out.
///
/// # Errors
/// pgbench is not there, or a transaction failed.
pub async fn rate(
    pgbench: &Path,
    url: &str,
    script: &Script,
    variables: Variables,
    connections: u32,
    until: Until,
) -> anyhow::Result<f64> {
    let mut command = command(pgbench, url, connections, until);
    // The role the server works as: row-level security is part of the work.
    command.env("PGOPTIONS", "-c role=motel_app");
    run(command, script, variables, connections).await
}

/// The same past row-level security, as a superuser.
///
/// # Errors
/// As for [`rate`].
pub async fn rate_without_walls(
    pgbench: &Path,
    url: &str,
    script: &Script,
    variables: Variables,
    connections: u32,
    until: Until,
) -> anyhow::Result<f64> {
    let command = command(pgbench, url, connections, until);
    run(command, script, variables, connections).await
}

fn command(pgbench: &Path, url: &str, connections: u32, until: Until) -> Command {
    let mut command = Command::new(pgbench);
    command
        .args(["--no-vacuum", "--protocol=prepared", "--jobs=2"])
        .arg(format!("--client={connections}"))
        .arg(match until {
            Until::Elapsed(duration) => format!("--time={}", duration.as_secs()),
            Until::Made(number) => format!("--transactions={}", number / connections),
        })
        .env("PGDATABASE", url);
    command
}

async fn run(
    mut command: Command,
    script: &Script,
    variables: Variables,
    connections: u32,
) -> anyhow::Result<f64> {
    let file = tempfile::NamedTempFile::with_suffix(".sql")?;
    std::fs::write(file.path(), &script.text)?;
    command.arg(format!("--file={}", file.path().display()));
    let own = [("clients", connections.to_string()), ("n", "0".to_owned())];
    for (name, value) in variables.into_iter().chain(own) {
        command.arg(format!("--define={name}={value}"));
    }
    for (name, value) in &script.fixed {
        command.arg(format!("--define={name}={value}"));
    }
    let done = command.output().await.context("starting pgbench")?;
    let said = String::from_utf8_lossy(&done.stdout);
    let complained = String::from_utf8_lossy(&done.stderr);
    ensure!(
        done.status.success() && !complained.contains("aborted"),
        "pgbench failed: {complained}\n{said}"
    );
    said.lines()
        .find_map(|line| line.strip_prefix("tps = ")?.split(' ').next()?.parse().ok())
        .with_context(|| format!("pgbench names no rate: {said}"))
}
