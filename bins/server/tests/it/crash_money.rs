//! `kill -9` while guests pay and while staff give money back: what the gateway took and gave is on the folios, once.

use futures::StreamExt;
use futures::stream::FuturesUnordered;
use reqwest::{Method, RequestBuilder};
use serde_json::json;

use crate::binary::Binary;
use crate::books::Books;
use crate::caller::{Caller, stay};
use crate::crash::let_leases_run_out;
use crate::desk::{Site, day};
use crate::office::key_of;

const GUESTS: usize = 9;

/// A booking with a page to pay on.
struct Bill {
    /// Of the page, wherever the desk is.
    path: String,
    payment: String,
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_front_desk_takes_and_gives_back_every_cent_once() {
    let site = Site::seeded().await;
    let mut books = site.books().await;
    let key = key_of(&site).await;

    let desk = Binary::start(&site).await;
    let bills = open_bills(&desk.caller).await;
    // Of every other payment the sandbox does not tell us.
    let press = |caller: &Caller, guest: usize, bill: &Bill| {
        let choice = ["pay", "silent"][guest % 2];
        let page = caller.request(Method::POST, &bill.path);
        page.form(&[("choice", choice)])
    };
    until_killed(desk, &bills, press).await;
    until_killed(restart(&site, &mut books).await, &bills, press).await;
    let desk = restart(&site, &mut books).await;
    for (guest, bill) in bills.iter().enumerate() {
        let pressed = desk.caller.send(press(&desk.caller, guest, bill)).await;
        assert!(
            matches!(pressed.status.as_u16(), 303 | 409),
            "{}",
            pressed.text
        );
    }
    desk.kill();
    let desk = restart(&site, &mut books).await;
    until(&mut books, PAYMENTS, GUESTS).await;
    books.until_idle().await;
    assert_eq!(books.lines(WRONG_PAYMENTS).await, Vec::<String>::new());

    let refund = |caller: &Caller, guest: usize, bill: &Bill| {
        let path = format!("/api/v1/payments/{}/refunds", bill.payment);
        let wanted =
            json!({ "amount_minor": 1_000 + guest, "currency": "USD", "reason": "no hot water" });
        let request = caller.request(Method::POST, &path).bearer_auth(&key);
        request
            .header("Idempotency-Key", &bill.payment)
            .json(&wanted)
    };
    until_killed(desk, &bills, refund).await;
    let desk = restart(&site, &mut books).await;
    for (guest, bill) in bills.iter().enumerate() {
        desk.caller
            .send(refund(&desk.caller, guest, bill))
            .await
            .json(201);
    }
    desk.kill();
    let _desk = restart(&site, &mut books).await;
    until(&mut books, REFUNDS, GUESTS).await;
    books.until_idle().await;
    assert_eq!(books.lines(WRONG_REFUNDS).await, Vec::<String>::new());
    let sum = "SELECT coalesce(sum(amount_minor), 0)::bigint FROM billing.entry_lines";
    assert_eq!(books.number(sum).await, 0);
}

const PAYMENTS: &str = "SELECT count(*) FROM billing.postings WHERE kind = 'payment'";
const REFUNDS: &str = "SELECT count(*) FROM billing.postings WHERE kind = 'refund'";

/// Checkouts of which the books say something else than the sandbox.
const WRONG_PAYMENTS: &str = "
    SELECT checkout.id::text || ': ' || checkout.paid || ', ' || checkout.amount_minor || ', posted '
        || coalesce(string_agg(posting.amount_minor::text, ' '), 'nothing')
    FROM billing.sandbox_checkouts checkout
    LEFT JOIN billing.payment_links link ON (link.tenant_id, link.id) = (checkout.tenant_id, checkout.link_id)
    LEFT JOIN billing.postings posting
        ON (posting.tenant_id, posting.folio_id) = (link.tenant_id, link.folio_id) AND posting.kind = 'payment'
    GROUP BY checkout.id, checkout.paid, checkout.amount_minor
    HAVING NOT checkout.paid OR count(posting.id) <> 1 OR sum(posting.amount_minor) <> -checkout.amount_minor";

/// Refunds of which the books, or ours, say something else than the sandbox.
const WRONG_REFUNDS: &str = "
    SELECT checkout.id::text || ': ' || count(given.id) || ' given, posted ' || coalesce(string_agg(posting.amount_minor::text, ' '), 'nothing')
    FROM billing.sandbox_checkouts checkout
    LEFT JOIN billing.sandbox_refunds given ON (given.tenant_id, given.checkout_id) = (checkout.tenant_id, checkout.id)
    LEFT JOIN billing.payment_links link ON (link.tenant_id, link.id) = (checkout.tenant_id, checkout.link_id)
    LEFT JOIN billing.postings posting
        ON (posting.tenant_id, posting.folio_id) = (link.tenant_id, link.folio_id) AND posting.kind = 'refund'
    GROUP BY checkout.id
    HAVING count(given.id) <> 1 OR count(posting.id) <> 1 OR sum(posting.amount_minor) <> sum(given.amount_minor)";

async fn open_bills(caller: &Caller) -> Vec<Bill> {
    let mut bills = Vec::new();
    for guest in 0..GUESTS {
        let arrival = day(5 + 2 * guest as u64);
        let email = format!("guest{guest}@example.com");
        let leaving = (arrival + chrono::Days::new(2)).to_string();
        let wanted = stay("standard_queen", &arrival.to_string(), &leaving, &email);
        let booking = caller.post("/bookings", &wanted).await.json(201);
        let wanted = json!({ "booking_code": booking["code"], "email": email });
        let link = caller.post("/payments/links", &wanted).await.json(201);
        let page = link["payment_url"].as_str().unwrap();
        bills.push(Bill {
            path: page[page.find("/pay/").unwrap()..].to_owned(),
            payment: link["link_id"].as_str().unwrap().to_owned(),
        });
    }
    bills
}

/// Asks for all at once, and pulls the plug after the second answer.
async fn until_killed(
    desk: Binary,
    bills: &[Bill],
    request: impl Fn(&Caller, usize, &Bill) -> RequestBuilder,
) {
    let requests = bills.iter().enumerate();
    let mut running: FuturesUnordered<_> = requests
        .map(|(guest, bill)| request(&desk.caller, guest, bill).send())
        .collect();
    let mut desk = Some(desk);
    let mut answered = 0;
    while let Some(answer) = running.next().await {
        answered += usize::from(answer.is_ok());
        if answered >= 2
            && let Some(desk) = desk.take()
        {
            desk.kill();
        }
    }
    assert!(desk.is_none(), "only {answered} answers came");
}

/// Opens again. What the killed had in hand is free, and what is in doubt is asked about at once.
async fn restart(site: &Site, books: &mut Books) -> Binary {
    let_leases_run_out(books).await;
    let ask = "UPDATE billing.payment_intents SET ask_at = now(); UPDATE billing.refunds SET ask_at = now()";
    books.execute(ask).await;
    Binary::start(site).await
}

async fn until(books: &mut Books, count: &str, wanted: usize) {
    let counting = async {
        while books.number(count).await < i64::try_from(wanted).unwrap() {
            tokio::task::yield_now().await;
        }
    };
    let patience = std::time::Duration::from_secs(60);
    let counted = tokio::time::timeout(patience, counting).await;
    counted.unwrap_or_else(|_| panic!("never {wanted}: {count}"));
}
