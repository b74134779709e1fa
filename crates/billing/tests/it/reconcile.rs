//! Payments nobody told us the end of: the gateway is asked, and each counts once.

use std::sync::Arc;

use chrono::Duration;
use diesel::QueryableByName;
use diesel::sql_types::Text;
use diesel_async::RunQueryDsl;
use futures::future::join_all;
use motel_billing::sandbox::Choice;
use motel_billing::{PaymentDesk, PostingKind, Sum, commands};
use motel_bookings::Booking;
use motel_kernel::Clock;
use motel_payments::{CheckoutRequest, EventKind, Gateway, GatewayEvent, GatewayName, Gateways};
use reqwest::StatusCode;
use serde_json::Value;

use crate::http::Served;
use crate::motel::{EMAIL, now};

#[derive(QueryableByName)]
struct Word {
    #[diesel(sql_type = Text)]
    word: String,
}

impl Served {
    pub(crate) fn desk(&self) -> PaymentDesk {
        let gateways = Gateways::new(Arc::new(self.sandbox.clone()));
        PaymentDesk::new(self.motel.test.db().clone(), gateways, &self.base)
    }

    /// A minute later, the gateways are asked.
    pub(crate) async fn reconcile(&self) -> usize {
        let mut admin = self.motel.test.admin().await;
        for table in ["payment_intents", "refunds"] {
            let due = format!("UPDATE billing.{table} SET ask_at = now()");
            diesel::sql_query(due).execute(&mut admin).await.unwrap();
        }
        self.desk().reconcile(self.clock.now()).await.unwrap()
    }

    pub(crate) async fn state(&self) -> String {
        let mut admin = self.motel.test.admin().await;
        let rows: Vec<Word> =
            diesel::sql_query("SELECT state AS word FROM billing.payment_intents ORDER BY id")
                .load(&mut admin)
                .await
                .unwrap();
        let words: Vec<String> = rows.into_iter().map(|row| row.word).collect();
        words.join(" ")
    }

    pub(crate) async fn page(&self, booking: &Booking) -> (uuid::Uuid, Value) {
        let link: Value = self.link(booking.code.as_str()).await.json().await.unwrap();
        let url = link["payment_url"].as_str().unwrap();
        (url.rsplit_once('/').unwrap().1.parse().unwrap(), link)
    }

    async fn payments(&self, booking: &Booking) -> usize {
        let account = self.motel.account(booking).await;
        let lines = account.postings.iter();
        lines
            .filter(|line| line.kind == PostingKind::Payment)
            .count()
    }

    pub(crate) async fn press_at(&self, page: uuid::Uuid, choice: &str) -> (StatusCode, String) {
        let url = format!("{}/pay/sandbox/{page}", self.base);
        let form = [("choice", choice)];
        let answer = self.client.post(url).form(&form).send().await.unwrap();
        let to = answer.headers().get("location");
        let to = to.map(|to| to.to_str().unwrap().to_owned());
        (answer.status(), to.unwrap_or_default())
    }
}

fn paid(page: uuid::Uuid, link: &Value) -> GatewayEvent {
    GatewayEvent {
        event_id: "sbxevt_late".to_owned(),
        kind: EventKind::Paid,
        gateway_reference: format!("sbx_{}", page.simple()),
        reference: link["link_id"].as_str().unwrap().parse().unwrap(),
        refund: None,
        amount: crate::motel::usd(link["amount_minor"].as_i64().unwrap()),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_charge_of_which_nobody_told_us_is_found_and_counts_once() {
    let served = Served::open().await;
    let booking = served.motel.book().await;
    let (page, link) = served.page(&booking).await;
    assert_eq!(served.state().await, "requires_action");
    served.reconcile().await;
    assert_eq!(served.state().await, "requires_action");

    let (status, _) = served.press_at(page, "silent").await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert_eq!(served.motel.balance(&booking).await, 42_112);
    // The gateway is asked by many at once, and its own word comes late and twice.
    let event = paid(page, &link);
    let asking = join_all((0..5).map(|_| served.reconcile()));
    let telling = join_all((0..5).map(|_| served.webhook(&event)));
    let (_, told) = futures::future::join(asking, telling).await;
    assert!(told.iter().all(|status| *status == StatusCode::OK));
    assert_eq!(served.motel.balance(&booking).await, 0);
    assert_eq!(served.payments(&booking).await, 1);
    assert_eq!(served.state().await, "succeeded");
    // What has an end is not asked about any more.
    assert_eq!(served.reconcile().await, 0);
    assert_eq!(served.motel.wrong_in_the_books().await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_was_made_before_a_crash_is_found_again() {
    let served = Served::open().await;
    let booking = served.motel.book().await;
    let mut tx = served.motel.tx().await;
    let sandbox = GatewayName::Sandbox;
    let link = commands::prepare_payment_link(&mut tx, &booking, Sum::Due, sandbox, now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(served.state().await, "created");
    // The gateway made the page; we died before its answer.
    let home = format!("{}/booking/{}", served.base, booking.code);
    let request = CheckoutRequest {
        tenant: served.motel.tenant,
        reference: link.id,
        amount: link.amount,
        description: format!("Booking {}", booking.code),
        success_url: home.clone(),
        cancel_url: home,
        customer_email: EMAIL.parse().unwrap(),
        keep_card: false,
        idempotency_key: format!("payment-link-{}", link.id),
    };
    let made = served.sandbox.create_checkout(&request).await.unwrap();
    // Before it was asked again, nobody can know the page; afterwards the guest gets that one.
    served.reconcile().await;
    assert_eq!(served.state().await, "requires_action");
    let (page, _) = served.page(&booking).await;
    assert_eq!(made.gateway_reference, format!("sbx_{}", page.simple()));
    served.press_at(page, "silent").await;
    served.reconcile().await;
    assert_eq!(served.motel.balance(&booking).await, 0);
    assert_eq!(served.payments(&booking).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_payment_is_processed_and_then_there() {
    let served = Served::open().await;
    let booking = served.motel.book().await;
    let (page, _) = served.page(&booking).await;
    served.press_at(page, "slow").await;
    served.reconcile().await;
    assert_eq!(served.state().await, "processing");
    assert_eq!(served.motel.balance(&booking).await, 42_112);
    served.clock.advance(Duration::minutes(2));
    served.reconcile().await;
    assert_eq!(served.state().await, "succeeded");
    assert_eq!(served.motel.balance(&booking).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_nobody_paid_on_comes_to_its_end() {
    let served = Served::open().await;
    let booking = served.motel.book().await;
    served.page(&booking).await;
    served.clock.advance(Duration::hours(25));
    served.reconcile().await;
    assert_eq!(served.state().await, "cancelled");
    assert_eq!(served.motel.balance(&booking).await, 42_112);
    assert_eq!(served.reconcile().await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disputed_payment_is_set_aside_in_whatever_order_we_hear() {
    for told_first in [EventKind::Paid, EventKind::Disputed] {
        let served = Served::open().await;
        let booking = served.motel.book().await;
        let (page, link) = served.page(&booking).await;
        let chosen = served.sandbox.choose(page, Choice::Dispute).await.unwrap();
        assert!(chosen.notice.is_some());
        if told_first == EventKind::Disputed {
            let mut event = paid(page, &link);
            event.event_id = "sbxevt_dispute".to_owned();
            event.kind = EventKind::Disputed;
            assert_eq!(served.webhook(&event).await, StatusCode::OK);
        }
        served.worker().run_until_idle().await.unwrap();
        assert_eq!(served.state().await, "disputed", "{told_first:?}");
        // Who owes it is not decided: the money is set aside, and nobody is asked for it again.
        assert_eq!(served.motel.balance(&booking).await, 0);
        let account = served.motel.account(&booking).await;
        let kinds: Vec<PostingKind> = account.postings.iter().map(|line| line.kind).collect();
        assert_eq!(kinds.len(), 3, "{kinds:?}");
        let aside = [
            ("deposits_held".to_owned(), -42_112),
            ("disputes:sandbox".to_owned(), 42_112),
        ];
        assert_eq!(served.motel.accounts().await, aside);
        assert_eq!(served.motel.wrong_in_the_books().await, []);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn cards_that_do_not_work_leave_the_page_open_and_a_bank_may_ask_first() {
    let served = Served::open().await;
    let booking = served.motel.book().await;
    let (page, _) = served.page(&booking).await;
    let worker = served.worker();
    let feed = motel_jobs::EventFeed::connect(served.motel.test.db())
        .await
        .unwrap();
    tokio::spawn(async move { worker.serve(&feed, std::future::pending()).await });
    for card in ["insufficient", "expired_card", "decline"] {
        let (_, to) = served.press_at(page, card).await;
        assert!(to.ends_with("?declined=1"), "{card}: {to}");
        assert_eq!(served.state().await, "requires_action");
    }
    let (_, to) = served.press_at(page, "challenge").await;
    let html = served.get(&to).await.text().await.unwrap();
    assert!(html.contains("Your bank wants to know"), "{html}");
    assert_eq!(served.motel.balance(&booking).await, 42_112);
    served.press_at(page, "pay").await;
    assert_eq!(served.motel.balance(&booking).await, 0);
    assert_eq!(served.state().await, "succeeded");
    let (status, _) = served.press_at(page, "silent").await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert_eq!(served.payments(&booking).await, 1);
}
