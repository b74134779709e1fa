//! Posting on folios: something from the minibar, by a program with an API key.

use std::sync::Arc;

use anyhow::{Context, ensure};
use serde::Serialize;

use super::folios::{Folios, POSTING, Place, number};
use super::{manner, sampling};
use crate::load::{Load, Next, Until, Wanted};
use crate::measure::{Measured, median};
use crate::options::Plan;
use crate::pgbench;
use crate::script::Script;
use crate::server::{Binary, Server};

/// New ids of one run, and where it begins to go round: no two are the same.
const RUN: u64 = 4_100_000;

const POSTED: &str = "SELECT count(*) FROM billing.postings";

/// What posting came to.
#[derive(Debug, Serialize)]
pub struct Postings {
    /// pgbench, transactions per second.
    pub pgbench: f64,
    /// Over HTTP.
    pub http: Measured,
    /// What pgbench ran.
    pub sql: String,
}

/// Measures posting.
///
/// # Errors
/// Something could not be started, or what was answered was not posted.
pub async fn measure(folios: &Folios<'_>, binary: &Binary, plan: Plan) -> anyhow::Result<Postings> {
    let town = &folios.town;
    let script = sample(folios, binary).await?;
    let (mut rates, mut http) = (Vec::new(), Vec::new());
    for run in plan.each_run() {
        eprintln!("postings, run {run}");
        let before = number(&town.url, POSTED).await?;
        let rate = pgbench::rate(
            town.pgbench,
            &town.url,
            &script,
            POSTING.variables(folios.stays.len(), run * RUN),
            plan.connections,
            Until::Elapsed(plan.postings),
        );
        rates.push(rate.await?);
        ensure!(
            number(&town.url, POSTED).await? > before,
            "pgbench posted nothing"
        );
        let server = binary
            .serve(&town.url, manner(plan.connections, true))
            .await?;
        let warm_up = load(folios, &server, plan.connections, run * RUN + RUN / 2);
        warm_up
            .run(Until::Elapsed(plan.warm_up), town.folder)
            .await?;
        let before = number(&town.url, POSTED).await?;
        let load = load(folios, &server, plan.connections, run * RUN);
        let measured = load.run(Until::Elapsed(plan.postings), town.folder).await?;
        let posted = number(&town.url, POSTED).await? - before;
        // What was under way at the end may be posted and nobody have waited for the answer.
        ensure!(
            u64::try_from(posted)? >= measured.good,
            "{} postings were answered and {posted} are there",
            measured.good
        );
        http.push(measured);
        server.stop().await?;
    }
    Ok(Postings {
        pgbench: median(rates),
        http: Measured::median_of(&http),
        sql: script.text,
    })
}

async fn sample(folios: &Folios<'_>, binary: &Binary) -> anyhow::Result<Script> {
    let stays = folios.stays.len();
    let place = |stay: u32| POSTING.place(POSTING.of_first(stay), stays);
    let before: Result<Vec<Wanted>, _> = (0..sampling::WARM)
        .map(|stay| wanted(folios, place(stay)))
        .collect();
    let place = place(sampling::WARM);
    let sampled = wanted(folios, place)?;
    let manner = manner(sampling::CONNECTIONS, true);
    let sent = sampling::sent(&folios.town, binary, manner, &before?, &sampled, 201).await?;
    folios.script(sent, place, &[], Vec::new()).await
}

fn wanted(folios: &Folios<'_>, place: Place) -> anyhow::Result<Wanted> {
    let stay = folios.stays.get(place.stay).context("too few stays")?;
    Ok(extra(
        &stay.folio,
        folios.keys.authorization(place.motel),
        "Minibar",
        350,
    ))
}

/// A request to post an extra.
pub(super) fn extra(
    folio: &str,
    headers: Vec<(&'static str, String)>,
    description: &str,
    amount_minor: u32,
) -> Wanted {
    let body = serde_json::json!({
        "kind": "extra",
        "code": "minibar",
        "amount_minor": amount_minor,
        "currency": "USD",
        "description": description,
    });
    Wanted {
        path: format!("/api/v1/folios/{folio}/postings"),
        body: Some(body.to_string()),
        headers,
    }
}

fn load(folios: &Folios<'_>, server: &Server, connections: u32, base: u64) -> Load {
    let ids: Vec<String> = folios.stays.iter().map(|stay| stay.folio.clone()).collect();
    let keys = folios.keys.clone();
    let next: Next = Arc::new(move |number| {
        let place = POSTING.place(base + number, ids.len());
        let folio = ids.get(place.stay).map_or("", String::as_str);
        extra(folio, keys.authorization(place.motel), "Minibar", 350)
    });
    Load {
        address: server.address,
        connections,
        good: 201,
        next,
    }
}
