//! What gateways tell: twice, at once, forged, late, and about nothing of ours.

use chrono::{Duration, Utc};
use futures::future::join_all;
use motel_kernel::{Currency, Money, PaymentLinkId};
use motel_payments::sandbox::{SIGNATURE_HEADER, SandboxSeal, SealedWebhook};
use motel_payments::{EventKind, GatewayEvent};
use reqwest::Method;
use serde_json::json;

use crate::answer::Answer;
use crate::books::Books;
use crate::caller::stay;
use crate::desk::{Desk, SESSION_KEY, day};
use crate::office::Office;

const PAYMENTS: &str = "SELECT count(*) FROM billing.postings WHERE kind = 'payment'";

/// A booking with an open payment link.
struct Bill {
    desk: Desk,
    books: Books,
    folio: String,
    link: PaymentLinkId,
    due: i64,
}

impl Bill {
    async fn open() -> Self {
        let desk = Desk::open().await;
        let wanted = stay(
            "standard_queen",
            &day(10).to_string(),
            &day(12).to_string(),
            "ana@example.com",
        );
        let booking = desk.post("/bookings", &wanted).await.json(201);
        let code = booking["code"].as_str().unwrap();
        let link = json!({ "booking_code": code, "email": "ana@example.com" });
        let link = desk.post("/payments/links", &link).await.json(201);
        Self {
            books: desk.site.books().await,
            folio: format!("/bookings/{code}/folio?email=ana@example.com"),
            link: link["link_id"].as_str().unwrap().parse().unwrap(),
            due: link["amount_minor"].as_i64().unwrap(),
            desk,
        }
    }

    fn paid(&self, event_id: &str) -> GatewayEvent {
        GatewayEvent {
            event_id: event_id.to_owned(),
            kind: EventKind::Paid,
            gateway_reference: "sbx_1".to_owned(),
            reference: self.link,
            refund: None,
            amount: Money::new(self.due, Currency::USD),
        }
    }

    async fn tell(&self, sealed: &SealedWebhook) -> Answer {
        let told = self
            .desk
            .request(Method::POST, "/payments/webhooks/sandbox")
            .header(SIGNATURE_HEADER, &sealed.signature)
            .body(sealed.body.clone());
        self.desk.send(told).await
    }

    async fn balance(&self) -> i64 {
        let folio = self.desk.get(&self.folio).await.json(200);
        folio["balance_minor"].as_i64().unwrap()
    }
}

fn seal() -> SandboxSeal {
    SandboxSeal::derived_from(SESSION_KEY.as_bytes())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_told_twice_counts_once() {
    let mut bill = Bill::open().await;
    let sealed = seal().seal(&bill.paid("evt_1"), Utc::now()).unwrap();
    for _ in 0..2 {
        bill.tell(&sealed).await.json(200);
    }
    assert_eq!(bill.balance().await, 0);
    assert_eq!(bill.books.number(PAYMENTS).await, 1);
    assert_eq!(
        bill.books
            .number("SELECT count(*) FROM billing.gateway_events")
            .await,
        1
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_told_fifty_times_at_once_counts_once() {
    let mut bill = Bill::open().await;
    let sealed = seal().seal(&bill.paid("evt_1"), Utc::now()).unwrap();
    for answer in join_all((0..50).map(|_| bill.tell(&sealed))).await {
        answer.json(200);
    }
    assert_eq!(bill.balance().await, 0);
    assert_eq!(bill.books.number(PAYMENTS).await, 1);
    let received = "SELECT count(*) FROM jobs.events WHERE kind = 'payment.received'";
    assert_eq!(bill.books.number(received).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_of_ours_signed_now_is_refused() {
    let mut bill = Bill::open().await;
    let paid = bill.paid("evt_1");
    let sound = seal().seal(&paid, Utc::now()).unwrap();
    let forged = SandboxSeal::new("somebody else's secret".to_owned().into());
    let mut cheaper = sound.clone();
    cheaper.body = serde_json::to_vec(&GatewayEvent {
        amount: Money::new(1, Currency::USD),
        ..paid.clone()
    })
    .unwrap();
    let unsigned = SealedWebhook {
        signature: String::new(),
        ..sound.clone()
    };
    let refused = [
        forged.seal(&paid, Utc::now()).unwrap(),
        cheaper,
        unsigned,
        seal()
            .seal(&paid, Utc::now() - Duration::minutes(6))
            .unwrap(),
        seal()
            .seal(&paid, Utc::now() + Duration::minutes(6))
            .unwrap(),
    ];
    for sealed in &refused {
        bill.tell(sealed).await.problem(403, "bad_signature");
    }
    let before = bill.due;
    assert_eq!(bill.balance().await, before);
    assert_eq!(
        bill.books
            .number("SELECT count(*) FROM billing.gateway_events")
            .await,
        0
    );
    // The very same event is good when it is signed rightly.
    bill.tell(&sound).await.json(200);
    assert_eq!(bill.balance().await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_of_nothing_of_ours_is_kept_apart() {
    let mut bill = Bill::open().await;
    let stray = GatewayEvent {
        reference: PaymentLinkId::new(),
        ..bill.paid("evt_stray")
    };
    let sealed = seal().seal(&stray, Utc::now()).unwrap();
    for _ in 0..2 {
        bill.tell(&sealed).await.json(200);
    }
    assert_eq!(bill.balance().await, bill.due);
    assert_eq!(bill.books.number(PAYMENTS).await, 0);
    assert_eq!(
        bill.books
            .number("SELECT count(*) FROM billing.stray_events")
            .await,
        1
    );
    let nobody = bill
        .desk
        .post("/payments/webhooks/nobody", &json!({}))
        .await;
    nobody.problem(404, "not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn money_goes_back_by_the_way_it_came_when_staff_say_so() {
    let office = Office::open().await;
    let desk = &office.desk;
    let dates = [10, 12].map(|ahead| day(ahead).to_string());
    let wanted = stay("standard_queen", &dates[0], &dates[1], "ana@example.com");
    let booking = desk.post("/bookings", &wanted).await.json(201);
    let code = booking["code"].as_str().unwrap();
    let proof = json!({ "booking_code": code, "email": "ana@example.com" });
    let link = desk.post("/payments/links", &proof).await.json(201);
    let (page, due) = (link["payment_url"].as_str().unwrap(), &link["amount_minor"]);
    let pressed = desk.submit(page, &[("choice", "pay")]).await;
    assert_eq!(pressed.status, 303, "{}", pressed.text);
    let cancel = format!("/bookings/{code}/cancel");
    let cancelled = desk
        .post(&cancel, &json!({ "email": "ana@example.com" }))
        .await;
    assert_eq!(&cancelled.json(200)["refund_due_minor"], due);

    let mut books = desk.site.books().await;
    let id = books
        .lines(&format!(
            "SELECT id FROM bookings.bookings WHERE code = '{code}'"
        ))
        .await;
    let path = format!("/bookings/{}/refunds", id[0]);
    let why = json!({ "reason": "cancelled in time" });
    let asked = office.post_as(&path, Some("back"), &why).await.json(201);
    assert_eq!(&asked["refunds"][0]["amount"]["amount_minor"], due);
    let again = office.post_as(&path, Some("back"), &why).await;
    assert_eq!(again.header("idempotent-replayed"), "true");
    office
        .post(&path, why)
        .await
        .problem(409, "nothing_to_refund");

    books.until_idle().await;
    let refund = format!("/refunds/{}", asked["refunds"][0]["id"].as_str().unwrap());
    assert_eq!(office.get(&refund).await.json(200)["state"], "succeeded");
    let folio = format!("/bookings/{code}/folio?email=ana@example.com");
    assert_eq!(desk.get(&folio).await.json(200)["balance_minor"], 0);
    let sums = "SELECT count(*) FROM (SELECT account FROM billing.entry_lines GROUP BY account HAVING sum(amount_minor) <> 0) AS open";
    assert_eq!(books.number(sums).await, 0);
}

/// What `remotemotel` says to these words, and whether all went well.
fn said(bill: &Bill, words: &[&str]) -> (bool, String) {
    use secrecy::ExposeSecret;
    let site = &bill.desk.site;
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_remotemotel"))
        .args(words)
        .env_clear()
        .env("REMOTEMOTEL__DATABASE__URL", site.db.url().expose_secret())
        .env("REMOTEMOTEL__DATA_DIR", site.data_dir.path())
        .env("REMOTEMOTEL__HTTP__SESSION_KEY", SESSION_KEY)
        .current_dir(site.data_dir.path())
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    (output.status.success(), text)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_failed_is_seen_and_tried_again_from_the_command_line() {
    let mut bill = Bill::open().await;
    let (sound, health) = said(&bill, &["doctor"]);
    assert!(
        sound && health.contains("all that gateways told was taken"),
        "{health}"
    );
    bill.books
        .execute(
            "CREATE FUNCTION billing.broken() RETURNS trigger LANGUAGE plpgsql AS $$
             BEGIN RAISE EXCEPTION 'the disk is full'; END $$;
             CREATE TRIGGER broken BEFORE INSERT ON billing.postings FOR EACH ROW EXECUTE FUNCTION billing.broken()",
        )
        .await;
    let sealed = seal().seal(&bill.paid("evt_1"), Utc::now()).unwrap();
    bill.tell(&sealed).await.json(200);
    let forged = SandboxSeal::new("somebody else's secret".to_owned().into());
    let forged = forged.seal(&bill.paid("evt_2"), Utc::now()).unwrap();
    bill.tell(&forged).await.problem(403, "bad_signature");

    let (_, listed) = said(&bill, &["payments", "events", "--state", "failed"]);
    assert!(listed.contains("evt_1 paid failed attempts=1"), "{listed}");
    assert!(listed.contains("the disk is full") && listed.contains("1 failed, 0 that"));
    let (_, incidents) = said(&bill, &["payments", "incidents"]);
    assert!(
        incidents.contains("sandbox wrong_signature from 127.0.0.1: 1"),
        "{incidents}"
    );
    let (sound, health) = said(&bill, &["doctor"]);
    assert!(
        sound && health.contains("1 failed and 0 could not be read"),
        "{health}"
    );
    assert!(
        health.contains("1 since yesterday whose signature"),
        "{health}"
    );

    let (sound, _) = said(&bill, &["payments", "replay", "--failed"]);
    assert!(!sound, "it fails again");
    bill.books
        .execute("DROP TRIGGER broken ON billing.postings")
        .await;
    let (sound, replayed) = said(&bill, &["payments", "replay", "--failed"]);
    assert!(sound && replayed.contains("taken (posted)"), "{replayed}");
    let id = bill
        .books
        .lines("SELECT id FROM billing.payment_events")
        .await;
    let (sound, again) = said(&bill, &["payments", "replay", &id[0]]);
    assert!(sound && again.contains("had been taken before"), "{again}");
    let nobody = "00000000-0000-4000-8000-000000000000";
    assert!(!said(&bill, &["payments", "replay", nobody]).0);
    assert!(!said(&bill, &["payments", "replay"]).0);
    assert_eq!(bill.balance().await, 0);
}
