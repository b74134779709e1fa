//! The month is over for every business of the installation: the operator's statements, one for each.

use std::time::Duration;

use anyhow::ensure;
use serde::Serialize;
use tokio::time::Instant;

use super::folios::number;
use super::manner;
use crate::measure::median;
use crate::options::Plan;
use crate::script::tenant_expression;
use crate::server::{Binary, Manner, Server};
use crate::town;

/// How long all of it may take.
const PATIENCE: Duration = Duration::from_secs(600);
const BETWEEN_LOOKS: Duration = Duration::from_millis(20);

const ISSUED: &str = "SELECT count(*) FROM plans.statements";

/// What it came to.
#[derive(Debug, Serialize)]
pub struct Statements {
    /// Businesses of the small and of the large installation.
    pub businesses: (u32, u32),
    /// From the start of the server until the last statement of the large one was there.
    pub seconds: f64,
    /// The server's memory at its highest until then, in MiB, in the small and in the large one.
    pub memory_mib: (f64, f64),
}

/// Measures it: every run begins with the same month again.
///
/// # Errors
/// Something could not be started, or not every business has its statement.
pub async fn measure(url: &str, binary: &Binary, plan: Plan) -> anyhow::Result<Statements> {
    let large = plan.many;
    let small = large / 10;
    let (mut seconds, mut memory) = (Vec::new(), (Vec::new(), Vec::new()));
    for run in plan.each_run() {
        eprintln!("statements, run {run}");
        let (_, of_few) = bill(url, binary, plan, small, run).await?;
        let (took, of_many) = bill(url, binary, plan, large, run).await?;
        seconds.push(took);
        memory.0.push(of_few);
        memory.1.push(of_many);
    }
    Ok(Statements {
        businesses: (small, large),
        seconds: median(seconds),
        memory_mib: (median(memory.0), median(memory.1)),
    })
}

/// Seconds until so many businesses had their statements, and the memory that took.
async fn bill(
    url: &str,
    binary: &Binary,
    plan: Plan,
    businesses: u32,
    run: u64,
) -> anyhow::Result<(f64, f64)> {
    let copy = town::copy_database(url, &format!("bench_statements_{run}")).await?;
    end_the_month(&copy, businesses).await?;
    let manner = Manner {
        bills: true,
        ..manner(plan.connections, true)
    };
    let begun = Instant::now();
    let server = binary.serve(&copy, manner).await?;
    let memory = until_issued(&copy, &server, businesses).await?;
    let seconds = begun.elapsed().as_secs_f64();
    server.stop().await?;
    ensure!(
        number(&copy, WHOLE).await? == i64::from(businesses),
        "not every statement asks for the month and for what was used beyond it"
    );
    Ok((seconds, memory))
}

/// Statements of a price and two overages.
const WHOLE: &str = "SELECT count(*) FROM (SELECT FROM plans.lines GROUP BY statement_id HAVING count(*) = 3) AS whole";

/// The first businesses of the town have used something of everything, of two meters more than their plan includes, and the last
/// second of their month is over; the others' month is not.
async fn end_the_month(url: &str, businesses: u32) -> anyhow::Result<()> {
    let last_tenant = tenant_expression(&businesses.to_string());
    let month = format!(
        "INSERT INTO plans.subscriptions (tenant_id, plan, terms, status, anchor_day, period_start, period_end)
         SELECT tenant_id, code, terms, 'active', 1, now() - interval '1 month', now() + interval '1 month'
         FROM tenancy.tenants, plans.plans WHERE code = 'standard'
         ON CONFLICT (tenant_id) DO UPDATE SET status = excluded.status, period_start = excluded.period_start, period_end = excluded.period_end;
         UPDATE plans.subscriptions SET period_end = now() - interval '1 second' WHERE tenant_id <= {last_tenant};
         INSERT INTO plans.totals (tenant_id, period_start, meter, provider, quantity, cost_micros)
         SELECT tenant_id, period_start, meter, 'bench', quantity, 1000
         FROM plans.subscriptions, (VALUES ('messages', 2500), ('calls', 150), ('minutes', 420), ('sms', 60), ('tokens', 90000))
             AS used (meter, quantity);
         ANALYZE plans.subscriptions, plans.totals"
    );
    let client = town::connect(url).await?;
    client.batch_execute(&month).await?;
    Ok(())
}

async fn until_issued(url: &str, server: &Server, businesses: u32) -> anyhow::Result<f64> {
    let client = town::connect(url).await?;
    let begun = Instant::now();
    loop {
        let issued: i64 = client.query_one(ISSUED, &[]).await?.get(0);
        if issued == i64::from(businesses) {
            let (_, highest) = server.resident_mib()?;
            return Ok(u32::try_from(highest).unwrap_or(u32::MAX).into());
        }
        ensure!(
            begun.elapsed() < PATIENCE,
            "{issued} of {businesses} businesses have their statements"
        );
        tokio::time::sleep(BETWEEN_LOOKS).await;
    }
}
