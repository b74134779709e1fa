//! Guests who write to the concierge: whole turns of the built-in engine.

use std::sync::Arc;

use anyhow::{Context, ensure};
use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{DAYS, NIGHTS, Town, first_day, manner, sampling, scattered};
use crate::load::{Caller, Load, Next, Until, Wanted};
use crate::measure::{Measured, median};
use crate::options::Plan;
use crate::pgbench;
use crate::script::{Sample, Script, TENANT_AND_DAY, script};
use crate::server::{Binary, Server};
use crate::town;
use crate::wire::Statement;

/// Guests who write at the same time.
const GUESTS: u32 = 50;

/// Conversations that go on, in turn: more than guests, so that hardly two messages of one are answered at once.
const GOING_ON: u32 = 500;

/// New ids of one run of pgbench.
const RUN: u64 = 4_100_000;

/// Where a conversation is begun and gone on with.
const THREADS: &str = "\"conversations\".\"conversations\"";

/// What chatting came to.
#[derive(Debug, Serialize)]
pub struct Chatting {
    /// pgbench with what a first message is answered with, messages per second.
    pub pgbench: f64,
    /// First messages over HTTP, each of which begins a conversation and searches for rooms.
    pub first: Measured,
    /// The same in conversations that go on.
    pub later: Measured,
    /// Statements of a first message.
    pub statements: usize,
    /// What pgbench ran.
    pub sql: String,
}

/// Measures chatting.
///
/// # Errors
/// Something could not be started, or a message was not answered.
pub async fn measure(town: &Town<'_>, binary: &Binary, plan: Plan) -> anyhow::Result<Chatting> {
    let (script, statements) = sample(town, binary).await?;
    let (mut rates, mut first, mut later) = (Vec::new(), Vec::new(), Vec::new());
    for run in plan.each_run() {
        eprintln!("chat, run {run}");
        let rate = pgbench::rate(
            town.pgbench,
            &town.url,
            &script,
            town.range(run * RUN).variables(),
            GUESTS,
            Until::Elapsed(plan.search),
        );
        rates.push(rate.await?);
        town::drop_new_events(&town.url).await?;
        let server = binary
            .serve(&town.url, manner(plan.connections, true))
            .await?;
        let begun = load(&server, town.tenants, None);
        begun.run(Until::Elapsed(plan.warm_up), town.folder).await?;
        first.push(begun.run(Until::Elapsed(plan.search), town.folder).await?);
        let going_on = begin(&server, town.tenants).await?;
        let going_on = load(&server, town.tenants, Some(going_on));
        later.push(
            going_on
                .run(Until::Elapsed(plan.search), town.folder)
                .await?,
        );
        server.stop().await?;
    }
    Ok(Chatting {
        pgbench: median(rates),
        first: Measured::median_of(&first),
        later: Measured::median_of(&later),
        statements,
        sql: script.text,
    })
}

/// What a first message makes the server send: the conversation, the guest's words and the answer are a transaction each.
async fn sample(town: &Town<'_>, binary: &Binary) -> anyhow::Result<(Script, usize)> {
    let arrival = first_day() + Days::new(200);
    let days = (1..=u64::from(sampling::WARM)).map(|week| arrival + Days::new(7 * week));
    let before: Vec<Wanted> = days.map(|day| message_of(1, day, None)).collect();
    let manner = manner(sampling::CONNECTIONS, false);
    let sampled = message_of(1, arrival, None);
    let sent = sampling::sent(town, binary, manner, &before, &sampled, 200).await?;
    let threads = |statement: &Statement| statement.sql.contains(THREADS);
    let sent: Vec<Statement> = sent
        .into_iter()
        .filter(|transaction| transaction.iter().any(threads))
        .flatten()
        .collect();
    ensure!(
        sent.iter()
            .filter(|it| it.sql.starts_with("COMMIT"))
            .count()
            == 3,
        "a first message is no longer three transactions"
    );
    let sample = Sample {
        tenant: sampling::tenant_id(&town.url, 1).await?,
        arrival: Some(arrival),
        known: sampling::known_ids(&town.url).await?,
        moving: Vec::new(),
        choosing: TENANT_AND_DAY.map(str::to_owned).into(),
    };
    Ok((script(&sent, &sample)?, sent.len()))
}

#[derive(Deserialize)]
struct Begun {
    conversation_id: String,
}

/// Begins the conversations that are gone on with.
async fn begin(server: &Server, tenants: u32) -> anyhow::Result<Arc<Vec<(u64, String)>>> {
    let mut caller = Caller::connect(server.address).await?;
    let mut begun = Vec::new();
    for number in 0..u64::from(GOING_ON) {
        let (tenant, arrival) = scattered(number, tenants, DAYS);
        let answer = caller
            .expect(&message_of(tenant, arrival, None), 200)
            .await?;
        let answer: Begun = serde_json::from_slice(&answer).context("an answer of the chat")?;
        begun.push((tenant, answer.conversation_id));
    }
    Ok(Arc::new(begun))
}

/// Messages that begin conversations, or go on with these.
fn load(server: &Server, tenants: u32, going_on: Option<Arc<Vec<(u64, String)>>>) -> Load {
    let next: Next = Arc::new(move |number| {
        let (tenant, arrival) = scattered(number, tenants, DAYS);
        let place = usize::try_from(number % u64::from(GOING_ON)).unwrap_or_default();
        match going_on.as_ref().and_then(|begun| begun.get(place)) {
            Some((tenant, conversation)) => message_of(*tenant, arrival, Some(conversation)),
            None => message_of(tenant, arrival, None),
        }
    });
    Load {
        address: server.address,
        connections: GUESTS,
        good: 200,
        next,
    }
}

fn message_of(tenant: u64, arrival: NaiveDate, conversation: Option<&str>) -> Wanted {
    let departure = arrival + Days::new(NIGHTS);
    let message = format!("What is free from {arrival} to {departure} for 2 adults?");
    Wanted {
        path: format!("/api/v1/public/bench-{tenant}/chat"),
        body: Some(
            serde_json::json!({ "message": message, "conversation_id": conversation }).to_string(),
        ),
        headers: Vec::new(),
    }
}
