//! Hearing of payments: Stripe tells that links were paid, each one of another stay.

use std::sync::Arc;

use anyhow::ensure;
use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit, Mac};
use serde::Serialize;
use sha2::Sha256;
use tokio::time::Instant;

use super::folios::{Folios, PAID, until};
use super::sampling;
use crate::load::{Load, Next, Until, Wanted};
use crate::measure::{Measured, median, milliseconds};
use crate::options::Plan;
use crate::pgbench;
use crate::script::{GUEST, Script};
use crate::server::{Binary, Manner, WEBHOOK_SECRET};
use crate::town;

/// What each link asks for.
const AMOUNT_MINOR: u32 = 10_000;

/// New ids of one run of pgbench.
const RUN: u64 = 4_100_000;

/// The round of links that the sample is taken from.
const SAMPLED: u64 = 0;

/// Of so many events one is told before the clock runs.
const WARM_UP: u32 = 10;

/// What it came to.
#[derive(Debug, Serialize)]
pub struct Webhooks {
    /// pgbench, transactions per second.
    pub pgbench: f64,
    /// Over HTTP: answered with 200.
    pub http: Measured,
    /// How many milliseconds after the last answer all that was told was posted, the median of the runs.
    pub behind_ms: f64,
    /// What pgbench ran.
    pub sql: String,
}

/// Measures it. Every run pays another round of links; there is one for every stay, so nobody waits for a folio.
///
/// # Errors
/// Something could not be started, or what was answered was not posted.
pub async fn measure(folios: &Folios<'_>, binary: &Binary, plan: Plan) -> anyhow::Result<Webhooks> {
    let town = &folios.town;
    let script = sample(folios, binary).await?;
    // What pgbench leaves behind is not for a server's worker.
    let apart = town::copy_database(&town.url, "bench_folios_pgbench").await?;
    let (mut rates, mut http, mut behind) = (Vec::new(), Vec::new(), Vec::new());
    for round in plan.each_run() {
        eprintln!("webhooks, run {round}");
        rates.push(by_pgbench(folios, &apart, &script, plan, round).await?);
        let (measured, milliseconds) = over_http(folios, binary, plan, round).await?;
        http.push(measured);
        behind.push(milliseconds);
    }
    Ok(Webhooks {
        pgbench: median(rates),
        http: Measured::median_of(&http),
        behind_ms: median(behind),
        sql: script.text,
    })
}

async fn by_pgbench(
    folios: &Folios<'_>,
    url: &str,
    script: &Script,
    plan: Plan,
    round: u64,
) -> anyhow::Result<f64> {
    let stays = folios.stays.len();
    offer(url, stays, round).await?;
    let mut variables = PAID.variables(stays, round * RUN);
    variables.push(("round", round.to_string()));
    let every = Until::Made(PAID.places(stays));
    let pgbench = folios.town.pgbench;
    pgbench::rate(pgbench, url, script, variables, plan.connections, every).await
}

/// What the load came to, and by how many milliseconds the books were behind.
async fn over_http(
    folios: &Folios<'_>,
    binary: &Binary,
    plan: Plan,
    round: u64,
) -> anyhow::Result<(Measured, f64)> {
    let (town, stays) = (&folios.town, folios.stays.len());
    offer(&town.url, stays, round).await?;
    let server = binary.serve(&town.url, manner(plan.connections)).await?;
    let load = |first: u32| Load {
        address: server.address,
        connections: plan.connections,
        good: 200,
        next: events(round, first),
    };
    let all = PAID.places(stays);
    let earlier = all / WARM_UP;
    let warm_up = load(0).run(Until::Made(earlier), town.folder).await?;
    let rest = Until::Made(all - earlier);
    let measured = load(earlier).run(rest, town.folder).await?;
    let ended = Instant::now();
    let told = warm_up.good + measured.good;
    until(&town.url, &posted(round), i64::try_from(told)?).await?;
    let behind = milliseconds(ended.elapsed().as_secs_f64());
    server.stop().await?;
    Ok((measured, behind))
}

async fn sample(folios: &Folios<'_>, binary: &Binary) -> anyhow::Result<Script> {
    let stays = folios.stays.len();
    ensure!(stays > sampling::WARM as usize, "too few stays");
    offer(&folios.town.url, stays, SAMPLED).await?;
    let link = |stay: u32| link_id(SAMPLED, PAID.of_first(stay));
    let before: Vec<Wanted> = (0..sampling::WARM)
        .map(|stay| paid(&link(stay), &format!("{SAMPLED}_{stay}")))
        .collect();
    let sampled = link(sampling::WARM);
    let event = paid(&sampled, GUEST);
    let manner = manner(sampling::CONNECTIONS);
    let sent = sampling::sent(&folios.town, binary, manner, &before, &event, 200).await?;
    let place = PAID.place(PAID.of_first(sampling::WARM), stays);
    let moving = vec![(sampled.clone(), link_expression(":round", ":slot"))];
    folios.script(sent, place, &[&sampled, GUEST], moving).await
}

fn manner(connections: u32) -> Manner {
    Manner {
        stripe: true,
        ..super::manner(connections, true)
    }
}

/// Every stay gets a link that can be paid; those of earlier rounds no longer can.
async fn offer(url: &str, stays: usize, round: u64) -> anyhow::Result<()> {
    let (tenant, stay) = PAID.place_expressions();
    let link = link_expression(&round.to_string(), "slot");
    let last = PAID.places(stays) - 1;
    let offer = format!(
        "UPDATE billing.payment_links SET status = 'expired' WHERE status = 'open';
         UPDATE billing.payment_intents SET state = 'cancelled' WHERE state = 'requires_action';
         INSERT INTO billing.payment_links
             (tenant_id, id, folio_id, amount_minor, currency, status, gateway, gateway_reference, url, expires_at, created_at)
         SELECT {tenant}, {link}, folio, {AMOUNT_MINOR}, 'USD', 'open', 'stripe', 'cs_bench_{round}_' || slot,
             'https://checkout.bench.example/' || slot, now() + interval '1 day', now()
         FROM generate_series(0, {last}) AS slot JOIN bench.stays ON n = {stay};
         INSERT INTO billing.payment_intents (tenant_id, id, state, ask_at)
         SELECT {tenant}, {link}, 'requires_action', now() + interval '1 day' FROM generate_series(0, {last}) AS slot;
         ANALYZE billing.payment_links, billing.payment_intents, billing.folios, billing.postings"
    );
    let client = town::connect(url).await?;
    client.batch_execute(&offer).await?;
    Ok(())
}

/// How many payments of a round are in the books.
fn posted(round: u64) -> String {
    format!(
        "SELECT count(*) FROM billing.postings WHERE kind = 'payment' AND starts_with(source, 'payment:cs_bench_{round}_')"
    )
}

fn link_id(round: u64, slot: u64) -> String {
    format!("00000000-0000-7000-9000-{:012x}", (round << 24) | slot)
}

/// The same by SQL.
fn link_expression(round: &str, slot: &str) -> String {
    format!(
        "('00000000-0000-7000-9000-' || lpad(to_hex(({round})::bigint * 16777216 + ({slot})::bigint), 12, '0'))::uuid"
    )
}

fn events(round: u64, first: u32) -> Next {
    Arc::new(move |number| {
        let slot = u64::from(first) + number;
        paid(&link_id(round, slot), &format!("{round}_{slot}"))
    })
}

/// Stripe tells that a link was paid.
fn paid(link: &str, name: &str) -> Wanted {
    let now = Utc::now();
    let body = serde_json::json!({
        "id": format!("evt_bench_{name}"),
        "object": "event",
        "api_version": "2026-10-29.clover",
        "created": now.timestamp(),
        "livemode": false,
        "pending_webhooks": 1,
        "request": { "id": null, "idempotency_key": null },
        "type": "checkout.session.completed",
        "data": { "object": {
            "id": format!("cs_bench_{name}"),
            "object": "checkout.session",
            "amount_subtotal": AMOUNT_MINOR,
            "amount_total": AMOUNT_MINOR,
            "client_reference_id": link,
            "created": now.timestamp(),
            "currency": "usd",
            "customer_details": { "email": "bench@example.com", "name": "Bench Guest" },
            "livemode": false,
            "metadata": { "payment_link_id": link },
            "mode": "payment",
            "payment_intent": format!("pi_bench_{name}"),
            "payment_method_types": ["card"],
            "payment_status": "paid",
            "status": "complete",
        } },
    })
    .to_string();
    Wanted {
        path: "/payments/webhooks/stripe".to_owned(),
        headers: vec![("stripe-signature", signature(&body, now))],
        body: Some(body),
    }
}

/// As Stripe signs: <https://docs.stripe.com/webhooks#verify-manually>.
#[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
fn signature(body: &str, at: DateTime<Utc>) -> String {
    let at = at.timestamp();
    let tag = Hmac::<Sha256>::new_from_slice(WEBHOOK_SECRET.as_bytes())
        .expect("a key of any length")
        .chain_update(format!("{at}.{body}"))
        .finalize();
    format!("t={at},v1={}", hex::encode(tag.into_bytes()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]

    use super::*;

    /// Made by `printf '%s' '1700000000.{"id":"evt_1"}' | openssl dgst -sha256 -hmac whsec_bench`.
    const TAG: &str = "8aa0b6d02b42a3393f2f83c2968210f8aa56a96c8fe1aa2f29de5b18bcda41ae";

    #[test]
    fn signed_as_openssl_does() {
        let at = DateTime::from_timestamp(1_700_000_000, 0).unwrap();
        assert_eq!(
            signature(r#"{"id":"evt_1"}"#, at),
            format!("t=1700000000,v1={TAG}")
        );
    }

    #[test]
    fn every_event_pays_a_link_of_its_own() {
        assert_eq!(link_id(2, 0x30), "00000000-0000-7000-9000-000002000030");
        let bodies =
            [events(1, 0)(7), events(1, 7)(0), events(2, 0)(7)].map(|event| event.body.unwrap());
        assert!(bodies[0].contains("\"evt_bench_1_7\"") && bodies[0].contains(&link_id(1, 7)));
        assert!(bodies[1].contains(&link_id(1, 7)) && bodies[2].contains(&link_id(2, 7)));
    }
}
