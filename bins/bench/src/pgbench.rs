//! Running pgbench.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, ensure};
use chrono::NaiveDate;
use tokio::process::Command;

use crate::script::Script;

/// What a script's variables range over.
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

/// Transactions per second of a script with `connections` connections, all statements prepared.
///
/// # Errors
/// pgbench is not there, or a transaction failed.
pub async fn rate(
    pgbench: &Path,
    url: &str,
    script: &Script,
    range: Range,
    connections: u32,
    duration: Duration,
) -> anyhow::Result<f64> {
    let file = tempfile::NamedTempFile::with_suffix(".sql")?;
    std::fs::write(file.path(), &script.text)?;
    let mut command = Command::new(pgbench);
    command
        .args(["--no-vacuum", "--protocol=prepared", "--jobs=2"])
        .arg(format!("--client={connections}"))
        .arg(format!("--time={}", duration.as_secs()))
        .arg(format!("--file={}", file.path().display()));
    let changing = [
        ("tenants", range.tenants.to_string()),
        ("first", range.first.to_string()),
        ("days", range.days.to_string()),
        ("base", range.base.to_string()),
        ("clients", connections.to_string()),
        ("n", "0".to_owned()),
    ];
    let fixed = script
        .fixed
        .iter()
        .map(|(name, value)| (name.as_str(), value.clone()));
    for (name, value) in changing.into_iter().chain(fixed) {
        command.arg(format!("--define={name}={value}"));
    }
    // The role the server works as: row-level security is part of the work.
    let done = command
        .env("PGOPTIONS", "-c role=motel_app")
        .arg(url)
        .output()
        .await
        .context("starting pgbench")?;
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
