//! A guest at the sandbox's page, with its webhook going over real HTTP.

use std::sync::Arc;

use chrono::Duration;
use motel_billing::{Sum, commands};
use motel_jobs::EventFeed;
use motel_payments::stripe::{Stripe, StripeSettings};
use motel_payments::{CheckoutRequest, EventKind, Gateway, GatewayName, Gateways};
use reqwest::{Response, StatusCode};
use serde_json::Value;

use crate::http::Served;
use crate::motel::{event, now};

impl Served {
    /// Keeps a worker running in the background until the test ends.
    async fn with_worker(self) -> Self {
        let feed = EventFeed::connect(self.motel.test.db()).await.unwrap();
        let worker = self.worker();
        tokio::spawn(async move { worker.serve(&feed, std::future::pending()).await });
        self
    }

    async fn payment_page(&self, code: &str) -> String {
        let link: Value = self.link(code).await.json().await.unwrap();
        link["payment_url"].as_str().unwrap().to_owned()
    }

    async fn press(&self, page: &str, choice: &str) -> Response {
        let form = [("choice", choice)];
        self.client.post(page).form(&form).send().await.unwrap()
    }
}

fn goes_to(answer: &Response) -> &str {
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    answer.headers()["location"].to_str().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn declined_abandoned_and_at_last_paid() {
    let served = Served::open().await.with_worker().await;
    let code = served.motel.book().await.code.to_string();
    let page = served.payment_page(&code).await;
    let home = format!("{}/booking/{code}", served.base);

    let html = served
        .client
        .get(&page)
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    for wanted in [
        "$421.12",
        code.as_str(),
        "value=\"pay\"",
        "value=\"decline\"",
        "value=\"abandon\"",
        "method=\"post\"",
    ] {
        assert!(html.contains(wanted), "{wanted} is missing in {html}");
    }

    let declined = served.press(&page, "decline").await;
    let back = format!("{}{}", served.base, goes_to(&declined));
    let html = served.client.get(back).send().await.unwrap();
    assert!(html.text().await.unwrap().contains("was declined"));
    assert_eq!(served.folio(&code).await["balance_minor"], 42_112);

    let abandoned = served.press(&page, "abandon").await;
    assert_eq!(goes_to(&abandoned), home);
    assert_eq!(served.folio(&code).await["balance_minor"], 42_112);

    let paid = served.press(&page, "pay").await;
    assert_eq!(goes_to(&paid), home);
    // The guest comes back after the webhook, not before.
    assert_eq!(served.folio(&code).await["balance_minor"], 0);

    for choice in ["pay", "decline", "abandon"] {
        let again = served.press(&page, choice).await;
        assert_eq!(again.status(), StatusCode::CONFLICT);
        assert_eq!(again.json::<Value>().await.unwrap()["code"], "already_paid");
    }
    assert_eq!(served.folio(&code).await["balance_minor"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_outlives_a_restart_before_its_webhook() {
    let served = Served::open().await;
    let code = served.motel.book().await.code.to_string();
    let page = served.payment_page(&code).await;
    let id = page.rsplit_once('/').unwrap().1.parse().unwrap();

    // Paid at the sandbox while nobody delivers.
    let chosen = served
        .sandbox
        .choose(id, motel_billing::sandbox::Choice::Pay)
        .await
        .unwrap();
    assert_eq!(served.folio(&code).await["balance_minor"], 42_112);

    served.worker().run_until_idle().await.unwrap();
    assert_eq!(served.folio(&code).await["balance_minor"], 0);

    // Told once more, as after a crash between the answer and the note of it.
    let mut tx = served.motel.tx().await;
    let forget = "UPDATE billing.sandbox_notices SET delivered_at = NULL";
    diesel_async::RunQueryDsl::execute(diesel::sql_query(forget), tx.conn())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let notice = chosen.notice.unwrap();
    served
        .sandbox
        .deliver(served.motel.tenant, notice)
        .await
        .unwrap();
    assert_eq!(served.folio(&code).await["balance_minor"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_that_are_over_withdrawn_or_invented_say_so() {
    let served = Served::open().await;
    let first = served.motel.book().await;
    let page = served.payment_page(first.code.as_str()).await;

    for invented in [
        "/pay/sandbox/x",
        "/pay/sandbox/00000000-0000-4000-8000-000000000000",
        "/pay/sandbox/%27%3B--",
    ] {
        assert_eq!(
            served.get(invented).await.status(),
            StatusCode::NOT_FOUND,
            "{invented}"
        );
    }
    let nonsense = served.press(&page, "steal").await;
    assert_eq!(nonsense.status(), StatusCode::UNPROCESSABLE_ENTITY);

    served.clock.advance(Duration::hours(25));
    let over = served.client.get(&page).send().await.unwrap();
    assert_eq!(over.status(), StatusCode::GONE);
    assert_eq!(served.press(&page, "pay").await.status(), StatusCode::GONE);
    served.clock.advance(Duration::hours(-25));

    let cancelled = served.motel.cancel(&first, now()).await;
    served.motel.keep(&cancelled).await;
    let withdrawn = served.press(&page, "pay").await;
    assert_eq!(withdrawn.status(), StatusCode::GONE);
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_impatient_clicks_pay_once() {
    let served = Served::open().await.with_worker().await;
    let code = served.motel.book().await.code.to_string();
    let page = served.payment_page(&code).await;
    let clicks = futures::future::join_all((0..20).map(|_| served.press(&page, "pay"))).await;
    let went = clicks
        .iter()
        .filter(|answer| answer.status() == StatusCode::SEE_OTHER)
        .count();
    assert_eq!(went, 1);
    assert_eq!(served.folio(&code).await["balance_minor"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn beside_a_gateway_of_real_money_nobody_pays_at_the_sandbox() {
    let stripe = Stripe::new(StripeSettings {
        secret_key: "sk_test".to_owned().into(),
        webhook_secret: "whsec".to_owned().into(),
        api_base: "http://127.0.0.1:9".to_owned(),
    });
    let served =
        Served::with(|sandbox| Gateways::new(Arc::new(stripe.unwrap())).and(Arc::new(sandbox)))
            .await;
    let booking = served.motel.book().await;
    let mut tx = served.motel.tx().await;
    let link =
        commands::prepare_payment_link(&mut tx, &booking, Sum::Due, GatewayName::Sandbox, now())
            .await;
    tx.commit().await.unwrap();
    let link = link.unwrap();
    // Left over from a trial.
    let request = CheckoutRequest {
        tenant: served.motel.tenant,
        reference: link.id,
        amount: link.amount,
        description: "Booking".to_owned(),
        success_url: served.base.clone(),
        cancel_url: served.base.clone(),
        customer_email: booking.booker.email.clone(),
        keep_card: false,
        idempotency_key: "left-over".to_owned(),
    };
    let page = served.sandbox.create_checkout(&request).await.unwrap().url;

    let shown = served.client.get(&page).send().await.unwrap();
    assert_eq!(shown.status(), StatusCode::NOT_FOUND);
    assert_eq!(
        served.press(&page, "pay").await.status(),
        StatusCode::NOT_FOUND
    );
    let told = event("sbxevt_1", EventKind::Paid, &link);
    assert_eq!(served.webhook(&told).await, StatusCode::NOT_FOUND);
    assert_eq!(
        served.folio(booking.code.as_str()).await["balance_minor"],
        42_112
    );
}
