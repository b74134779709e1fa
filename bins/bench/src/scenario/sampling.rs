//! One request, and what it made the server send to its database.

use anyhow::Context;
use chrono::{Days, NaiveDate};

use super::{Town, first_day, manner};
use crate::load::{Caller, Wanted};
use crate::script::{Sample, Script, TENANT_AND_DAY, script};
use crate::server::{Binary, Manner};
use crate::town;
use crate::wire::Statement;

/// The tenant of samples.
const TENANT: u64 = 1;

/// How often the same is asked for first, so that everything is prepared and remembered as in a server that runs for long.
pub(super) const WARM: u32 = 12;

/// Few connections, so that all of them have seen the request before.
pub(super) const CONNECTIONS: u32 = 3;

/// Which of the requests it is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Asked {
    /// One of those that go before.
    Before(u32),
    /// The one that is looked at.
    Sampled,
}

/// Starts a server that logs what it sends and makes one request: `wanted` for a tenant and a day of arrival, which must be
/// answered with `good`. `known_by` is something only this request's transaction has among its parameters.
pub(super) async fn sample(
    town: &Town<'_>,
    binary: &Binary,
    good: u16,
    known_by: &str,
    wanted: impl Fn(u64, NaiveDate, Asked) -> Wanted,
) -> anyhow::Result<Script> {
    let arrival = first_day() + Days::new(200);
    let before = (0..WARM).map(|round| {
        let other_day = arrival + Days::new(7 * u64::from(round + 1));
        wanted(TENANT, other_day, Asked::Before(round))
    });
    let before: Vec<Wanted> = before.collect();
    let sampled = wanted(TENANT, arrival, Asked::Sampled);
    let manner = manner(CONNECTIONS, false);
    let sent = sent(town, binary, manner, &before, &sampled, good).await?;
    let marker = if known_by.is_empty() {
        arrival.to_string()
    } else {
        known_by.to_owned()
    };
    let sent = sent
        .into_iter()
        .find(|sent| is_about(sent, &marker))
        .with_context(|| format!("the request is not in {}", town.postgres_log.display()))?;
    let sample = Sample {
        tenant: tenant_id(&town.url, TENANT).await?,
        arrival: Some(arrival),
        known: known_ids(&town.url).await?,
        moving: Vec::new(),
        choosing: TENANT_AND_DAY.map(str::to_owned).into(),
    };
    script(&sent, &sample)
}

/// Starts a server that logs what it sends, makes the requests `before`, then `sampled`, and answers every transaction that
/// ended between that and its answer: also those of others, such as the worker's.
pub(super) async fn sent(
    town: &Town<'_>,
    binary: &Binary,
    manner: Manner,
    before: &[Wanted],
    sampled: &Wanted,
    good: u16,
) -> anyhow::Result<Vec<Vec<Statement>>> {
    let logged = format!("{}?options=-c%20log_statement%3Dall", town.url);
    let server = binary.serve(&logged, manner).await?;
    let mut caller = Caller::connect(server.address).await?;
    for wanted in before {
        caller.expect(wanted, good).await?;
    }
    let earlier = std::fs::read(town.postgres_log)?.len();
    caller.expect(sampled, good).await?;
    let log = std::fs::read(town.postgres_log)?;
    server.stop().await?;
    let log = String::from_utf8_lossy(log.get(earlier..).unwrap_or_default()).into_owned();
    Ok(crate::wire::transactions(&log))
}

/// Whether a transaction has something among its parameters.
pub(super) fn is_about(sent: &[Statement], marker: &str) -> bool {
    sent.iter()
        .flat_map(|statement| statement.parameters.iter().flatten())
        .any(|value| value.contains(marker))
}

/// The id of a tenant, as the server writes it.
pub(super) async fn tenant_id(url: &str, number: u64) -> anyhow::Result<String> {
    let client = town::connect(url).await?;
    let expression = crate::script::tenant_expression(&number.to_string());
    let row = client
        .query_one(&format!("SELECT ({expression})::text"), &[])
        .await?;
    Ok(row.get(0))
}

/// The ids every copied tenant has.
pub(super) async fn known_ids(url: &str) -> anyhow::Result<Vec<String>> {
    let client = town::connect(url).await?;
    let columns = client
        .query(
            "SELECT format('SELECT DISTINCT %I::text FROM %I.%I', column_name, table_schema, table_name)
             FROM information_schema.columns
             WHERE data_type = 'uuid' AND column_name <> 'tenant_id'
               AND table_schema IN ('tenancy', 'inventory', 'rates', 'taxes')
               AND table_name <> 'nightly_counters'",
            &[],
        )
        .await?;
    let mut known = Vec::new();
    for column in columns {
        let select: String = column.get(0);
        let found = client.query(&format!("{select} LIMIT 1000"), &[]).await?;
        known.extend(
            found
                .iter()
                .filter_map(|row| row.get::<_, Option<String>>(0)),
        );
    }
    Ok(known)
}
