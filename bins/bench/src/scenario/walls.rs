//! What keeps businesses apart in the database: transactions that carry their tenant, and row-level security, beside the same
//! statements in a plain transaction of a superuser.

use std::time::Duration;

use anyhow::{Context, ensure};
use serde::Serialize;

use super::{Town, sampling, search_of};
use crate::load::Until;
use crate::measure::median;
use crate::options::Plan;
use crate::pgbench;
use crate::script::Script;

/// What pgbench reached, transactions per second.
#[derive(Debug, Serialize)]
pub struct Walls {
    /// One statement.
    pub one: WithAndWithout,
    /// All that a search reads from the database.
    pub search: WithAndWithout,
}

/// The same transaction twice.
#[derive(Debug, Serialize)]
pub struct WithAndWithout {
    /// For one tenant, as the application's role.
    pub with: f64,
    /// As a superuser, past all rules.
    pub without: f64,
}

/// Measures both.
///
/// # Errors
/// Something could not be started, or what a search sends has another form.
pub async fn measure(
    town: &Town<'_>,
    binary: &crate::server::Binary,
    plan: Plan,
) -> anyhow::Result<Walls> {
    let search = sampling::sample(town, binary, 200, "", |tenant, arrival, _| {
        search_of(tenant, arrival)
    })
    .await?;
    let one = first_statement(&search)?;
    Ok(Walls {
        one: compare(town, &one, plan, plan.search / 2).await?,
        search: compare(town, &search, plan, plan.search).await?,
    })
}

async fn compare(
    town: &Town<'_>,
    walled: &Script,
    plan: Plan,
    duration: Duration,
) -> anyhow::Result<WithAndWithout> {
    let open = without_tenant(walled)?;
    let variables = || town.range(0).variables();
    let (mut with, mut without) = (Vec::new(), Vec::new());
    let until = Until::Elapsed(duration.max(Duration::from_secs(1)));
    for run in plan.each_run() {
        eprintln!("walls, run {run}");
        let (program, url, connections) = (town.pgbench, &town.url, plan.connections);
        let rate = pgbench::rate(program, url, walled, variables(), connections, until);
        with.push(rate.await?);
        let rate =
            pgbench::rate_without_walls(program, url, &open, variables(), connections, until);
        without.push(rate.await?);
    }
    Ok(WithAndWithout {
        with: median(with),
        without: median(without),
    })
}

/// The same transaction with the first of its statements alone.
fn first_statement(script: &Script) -> anyhow::Result<Script> {
    let is_statement = |line: &&str| line.starts_with("SELECT \"");
    let first = script.text.lines().find(is_statement);
    let first = first.context("a search that reads nothing")?;
    let lines = script
        .text
        .lines()
        .filter(|line| !is_statement(line) || *line == first);
    Ok(with_text(script, lines))
}

/// The same statements, each of which names its tenant, in a transaction that carries none.
fn without_tenant(script: &Script) -> anyhow::Result<Script> {
    let carried = ["\\startpipeline", "\\endpipeline", "SELECT set_config("];
    let lines: Vec<&str> = script
        .text
        .lines()
        .filter(|line| !carried.iter().any(|it| line.starts_with(it)))
        .collect();
    ensure!(
        lines.len() + carried.len() == script.text.lines().count(),
        "a transaction that carries its tenant in another way"
    );
    Ok(with_text(script, lines.into_iter()))
}

fn with_text<'a>(script: &Script, lines: impl Iterator<Item = &'a str>) -> Script {
    Script {
        text: lines.map(|line| format!("{line}\n")).collect(),
        fixed: script.fixed.clone(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn the_tenant_is_taken_out_and_nothing_else() {
        let script = Script {
            text: "\\set n 1\n\\startpipeline\nBEGIN;\nSELECT set_config('app.tenant_id', 'x', true);\n\\endpipeline\n\
                   SELECT \"a\" FROM t;\nSELECT \"b\" FROM t;\nCOMMIT;\n"
                .to_owned(),
            fixed: Vec::new(),
        };
        let open = without_tenant(&script).unwrap();
        assert_eq!(
            open.text,
            "\\set n 1\nBEGIN;\nSELECT \"a\" FROM t;\nSELECT \"b\" FROM t;\nCOMMIT;\n"
        );
        let one = first_statement(&open).unwrap();
        assert_eq!(
            one.text,
            "\\set n 1\nBEGIN;\nSELECT \"a\" FROM t;\nCOMMIT;\n"
        );
        assert!(without_tenant(&open).is_err());
    }
}
