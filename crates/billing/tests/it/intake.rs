//! What gateways tell is kept first: nothing genuine is lost when taking it fails, and everything can be tried again.

use actix_web::test::{TestRequest, call_service, init_service, read_body};
use actix_web::{App, web};
use diesel_async::SimpleAsyncConnection;
use futures::future::join_all;
use motel_billing::commands::{Attempt, read_webhooks_again};
use motel_billing::{EventState, PaymentDesk, PaymentEvent, queries};
use motel_kernel::{Clock, PaymentLinkId};
use motel_payments::{EventKind, GatewayEvent, GatewayName, Gateways};
use motel_tenancy::Directory;
use motel_tenancy::testing::other_tenant;
use reqwest::StatusCode;
use serde_json::{Value, json};
use std::sync::Arc;

use crate::http::Served;
use crate::motel::{Motel, now};
use crate::staff::key;

/// Nothing can be posted while this stands.
const BREAK: &str = "
    CREATE FUNCTION billing.broken() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'the disk is full'; END $$;
    CREATE TRIGGER broken BEFORE INSERT ON billing.postings FOR EACH ROW EXECUTE FUNCTION billing.broken()";
const MEND: &str = "DROP TRIGGER broken ON billing.postings; DROP FUNCTION billing.broken()";
const DUE: &str = "UPDATE billing.payment_events SET try_at = now() WHERE state <> 'taken'";

struct Bill {
    served: Served,
    desk: PaymentDesk,
    code: String,
    link: PaymentLinkId,
    due: i64,
}

impl Bill {
    async fn open() -> Self {
        let served = Served::open().await;
        let gateways = Gateways::new(Arc::new(served.sandbox.clone()));
        let desk = PaymentDesk::new(served.motel.test.db().clone(), gateways, &served.base);
        let code = served.motel.book().await.code.to_string();
        let link: Value = served.link(&code).await.json().await.unwrap();
        Self {
            link: link["link_id"].as_str().unwrap().parse().unwrap(),
            due: link["amount_minor"].as_i64().unwrap(),
            served,
            desk,
            code,
        }
    }

    fn event(&self, id: &str, kind: EventKind) -> GatewayEvent {
        GatewayEvent {
            event_id: id.to_owned(),
            kind,
            gateway_reference: "sbx_1".to_owned(),
            reference: self.link,
            refund: None,
            amount: crate::motel::usd(self.due),
        }
    }

    async fn execute(&self, statement: &str) {
        let mut admin = self.served.motel.test.admin().await;
        admin.batch_execute(statement).await.unwrap();
    }

    async fn events(&self) -> Vec<PaymentEvent> {
        let mut tx = self.served.motel.tx().await;
        let filter = queries::EventFilter::default();
        queries::payment_events(&mut tx, filter, None, 100)
            .await
            .unwrap()
    }

    async fn balance(&self) -> i64 {
        let folio = self.served.folio(&self.code).await;
        folio["balance_minor"].as_i64().unwrap()
    }

    async fn retry(&self) -> usize {
        let clock: &dyn Clock = &*self.served.clock;
        self.desk.retry_events(clock.now()).await.unwrap()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_could_not_be_taken_is_kept_and_taken_later() {
    let bill = Bill::open().await;
    bill.execute(BREAK).await;
    let paid = bill.event("evt_1", EventKind::Paid);
    for _ in 0..2 {
        assert_eq!(bill.served.webhook(&paid).await, StatusCode::OK);
    }
    let kept = bill.events().await;
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].state, EventState::Failed);
    assert_eq!((kept[0].attempts, kept[0].outcome), (2, None));
    assert!(kept[0].failure.as_ref().unwrap().contains("disk is full"));
    assert_eq!(kept[0].booking_code, bill.code);
    assert_eq!(bill.balance().await, bill.due);

    // It is not time yet; then it is, and fails once more.
    assert_eq!(bill.retry().await, 0);
    bill.execute(DUE).await;
    assert_eq!(bill.retry().await, 1);
    assert_eq!(bill.events().await[0].attempts, 3);

    bill.execute(MEND).await;
    bill.execute(DUE).await;
    assert_eq!(bill.retry().await, 1);
    let taken = bill.events().await.pop().unwrap();
    assert_eq!((taken.state, taken.attempts), (EventState::Taken, 4));
    assert_eq!((taken.failure, taken.try_at), (None, None));
    assert_eq!(taken.outcome.unwrap().as_str(), "posted");
    assert_eq!(bill.balance().await, 0);
    assert_eq!(bill.retry().await, 0);
    let again = bill.desk.replay_event(bill.served.motel.tenant, taken.id);
    assert_eq!(again.await.unwrap(), Attempt::Before);
    assert_eq!(bill.served.motel.wrong_in_the_books().await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crash_between_keeping_and_taking_loses_nothing() {
    let bill = Bill::open().await;
    let paid = bill.event("evt_1", EventKind::Paid);
    let received = motel_billing::commands::ReceivedEvent {
        gateway: GatewayName::Sandbox,
        event: &paid,
        body: b"{}",
        received_at: now(),
    };
    let mut tx = bill.served.motel.tx().await;
    motel_billing::commands::keep_payment_event(&mut tx, received)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(bill.events().await[0].state, EventState::Received);
    bill.execute(DUE).await;
    // Two workers, and a gateway that tells it once more.
    let (first, second, told) =
        tokio::join!(bill.retry(), bill.retry(), bill.served.webhook(&paid));
    assert!(first + second >= 1);
    assert_eq!(told, StatusCode::OK);
    assert_eq!(bill.events().await[0].state, EventState::Taken);
    assert_eq!(bill.balance().await, 0);
    let posted = "SELECT count(*) FROM billing.postings WHERE kind = 'payment'";
    assert_eq!(bill.served.motel.number(posted).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_always_fails_is_tried_for_a_day_and_keeps_no_other() {
    let bill = Bill::open().await;
    let paid = bill.event("evt_1", EventKind::Paid);
    bill.execute(BREAK).await;
    bill.served.webhook(&paid).await;
    bill.execute("UPDATE billing.payment_events SET attempts = 27")
        .await;
    bill.execute(DUE).await;
    bill.retry().await;
    let given_up = &bill.events().await[0];
    assert_eq!((given_up.attempts, given_up.try_at), (28, None));
    bill.execute(MEND).await;
    // Another one about the same payment is taken all the same.
    bill.served
        .webhook(&bill.event("evt_2", EventKind::Declined))
        .await;
    let states: Vec<EventState> = bill.events().await.iter().map(|it| it.state).collect();
    assert!(states.contains(&EventState::Failed) && states.contains(&EventState::Taken));
    // A person can.
    let id = bill
        .events()
        .await
        .iter()
        .find(|it| it.kind == "paid")
        .unwrap()
        .id;
    let tenant = bill.served.motel.tenant;
    let tried = bill.desk.replay_event(tenant, id).await.unwrap();
    assert!(matches!(tried, Attempt::Taken(EventKind::Paid, _)));
    assert_eq!(bill.balance().await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_that_could_not_be_read_is_read_when_it_can_be() {
    let bill = Bill::open().await;
    let paid = bill.event("evt_1", EventKind::Paid);
    let body = serde_json::to_vec(&paid).unwrap();
    // As if this version had not known what it says.
    bill.desk
        .receive(GatewayName::Sandbox, br#"{"id":"evt_1"}"#, now())
        .await
        .unwrap();
    let count = "SELECT count(*) FROM billing.unread_webhooks";
    assert_eq!(bill.served.motel.number(count).await, 1);
    bill.execute("UPDATE billing.unread_webhooks SET try_at = now()")
        .await;
    assert_eq!(bill.retry().await, 1);
    let tried = "SELECT attempts FROM billing.unread_webhooks";
    assert_eq!(bill.served.motel.number(tried).await, 2);
    let text = String::from_utf8(body).unwrap();
    bill.execute(&format!(
        "UPDATE billing.unread_webhooks SET body = '{text}'"
    ))
    .await;
    let db = bill.served.motel.test.db();
    let mut platform = db.platform("a test").await.unwrap();
    assert_eq!(read_webhooks_again(&mut platform).await.unwrap(), 1);
    platform.commit().await.unwrap();
    assert_eq!(bill.retry().await, 1);
    assert_eq!(bill.served.motel.number(count).await, 0);
    assert_eq!(bill.balance().await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flood_of_forgeries_fills_no_disk() {
    let bill = Bill::open().await;
    let error = motel_payments::WebhookError::WrongSignature;
    for caller in 0..60 {
        let address = format!("203.0.113.{caller}");
        bill.desk
            .note_forgery(GatewayName::Sandbox, &error, &address)
            .await
            .unwrap();
    }
    let again = (0..40).map(|_| {
        bill.desk
            .note_forgery(GatewayName::Sandbox, &error, "203.0.113.7")
    });
    assert!(join_all(again).await.iter().all(Result::is_ok));
    let number = async |query: &str| bill.served.motel.number(query).await;
    let table = "billing.webhook_incidents";
    // The hour may change meanwhile; no more than that.
    let rows = number(&format!("SELECT count(*) FROM {table}")).await;
    assert!((51..=103).contains(&rows), "{rows}");
    assert_eq!(
        number(&format!("SELECT sum(number) FROM {table}")).await,
        100
    );
    let db = bill.served.motel.test.db();
    let mut platform = db.platform("a test").await.unwrap();
    assert_eq!(queries::intake(&mut platform).await.unwrap().forged, 100);
    let worst = queries::incidents(&mut platform, 1_000).await.unwrap();
    assert!(worst.iter().any(|it| it.address == "others"));
    assert_eq!(worst.iter().map(|it| it.number).max(), Some(41));
    drop(platform);
    let mut tx = bill.served.motel.tx().await;
    let seen = diesel_async::RunQueryDsl::execute(
        diesel::sql_query(format!("SELECT * FROM {table}")),
        tx.conn(),
    );
    assert!(seen.await.is_err(), "no tenant sees who attacks the house");
    drop(tx);
    bill.execute(&format!(
        "UPDATE {table} SET hour = hour - interval '31 days'"
    ))
    .await;
    bill.retry().await;
    assert_eq!(number(&format!("SELECT count(*) FROM {table}")).await, 0);
}

macro_rules! call {
    ($app:expr, $key:expr, $request:expr) => {{
        let bearer = format!("Bearer {}", $key);
        let request = $request.insert_header(("Authorization", bearer));
        let answer = call_service(&$app, request.to_request()).await;
        let status = answer.status().as_u16();
        let tried = answer.headers().contains_key("dry-run");
        let body = read_body(answer).await;
        (
            status,
            tried,
            serde_json::from_slice::<Value>(&body).unwrap(),
        )
    }};
}

#[actix_web::test]
async fn staff_see_what_failed_and_try_it_again() {
    let bill = Bill::open().await;
    let motel: &Motel = &bill.served.motel;
    let db = motel.test.db().clone();
    let clock: Arc<dyn Clock> = bill.served.clock.clone();
    let directory = Directory::new(db.clone(), "demo-motel".parse().unwrap());
    let app = App::new()
        .app_data(web::Data::new(db))
        .app_data(web::Data::new(clock))
        .app_data(web::Data::new(directory))
        .service(web::scope("/api/v1").configure(motel_billing::http::configure_staff))
        .configure(motel_web::configure);
    let app = init_service(app).await;
    let ours = key(motel, motel.tenant).await;
    let stranger = other_tenant(&motel.test).await.tenant;
    let theirs = key(motel, stranger).await;
    let get = |path: &str| TestRequest::get().uri(&format!("/api/v1{path}"));
    let post = |path: &str| TestRequest::post().uri(&format!("/api/v1{path}"));

    bill.served
        .webhook(&bill.event("evt_0", EventKind::Declined))
        .await;
    bill.execute(BREAK).await;
    bill.served
        .webhook(&bill.event("evt_1", EventKind::Paid))
        .await;
    let (status, _, all) = call!(app, ours, get("/payment-events?limit=1"));
    assert_eq!(status, 200);
    let next = all["next_cursor"].as_str().unwrap();
    let (_, _, rest) = call!(
        app,
        ours,
        get(&format!("/payment-events?limit=1&cursor={next}"))
    );
    assert_eq!(rest["next_cursor"], Value::Null);
    let mut seen = [&all["data"][0]["event_id"], &rest["data"][0]["event_id"]];
    seen.sort_by_key(|it| it.to_string());
    assert_eq!(seen, [&json!("evt_0"), &json!("evt_1")]);

    let (_, _, failed) = call!(
        app,
        ours,
        get("/payment-events?state=failed&gateway=sandbox")
    );
    assert_eq!(failed["data"].as_array().unwrap().len(), 1);
    let event = &failed["data"][0];
    assert_eq!(
        (&event["kind"], &event["state"]),
        (&json!("paid"), &json!("failed"))
    );
    let booking = event["booking_id"].as_str().unwrap();
    let (_, _, of_booking) = call!(
        app,
        ours,
        get(&format!("/payment-events?booking_id={booking}"))
    );
    assert_eq!(of_booking["data"].as_array().unwrap().len(), 2);
    for bad in [
        "state=lost",
        "gateway=cash",
        "booking_id=x",
        "limit=0",
        "cursor=x",
    ] {
        let (status, ..) = call!(app, ours, get(&format!("/payment-events?{bad}")));
        assert_eq!(status, 422, "{bad}");
    }

    let path = format!("/payment-events/{}", event["id"].as_str().unwrap());
    let (_, _, shown) = call!(app, ours, get(&path));
    assert!(shown["body"].as_str().unwrap().contains("\"evt_1\""));
    for (key, path) in [(&theirs, path.as_str()), (&ours, "/payment-events/x")] {
        let (status, ..) = call!(app, key, get(path));
        assert_eq!(status, 404);
    }
    let replay = format!("{path}/actions/replay");
    let (status, ..) = call!(app, theirs, post(&replay));
    assert_eq!(status, 404);
    let (status, _, again) = call!(app, ours, post(&replay));
    assert_eq!((status, &again["state"]), (200, &json!("failed")));
    assert_eq!(again["attempts"], 2);

    bill.execute(MEND).await;
    let (_, tried, would) = call!(app, ours, post(&format!("{replay}?dry_run=true")));
    assert_eq!((tried, &would["outcome"]), (true, &json!("posted")));
    assert_eq!(bill.balance().await, bill.due);
    for _ in 0..2 {
        let (_, _, taken) = call!(app, ours, post(&replay));
        assert_eq!(
            (&taken["state"], &taken["attempts"]),
            (&json!("taken"), &json!(3))
        );
    }
    assert_eq!(bill.balance().await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_could_read_for_ninety_days_is_deleted() {
    let bill = Bill::open().await;
    bill.execute(
        "INSERT INTO billing.unread_webhooks (id, gateway, body, received_at, failure, try_at)
         SELECT gen_random_uuid(), 'sandbox', convert_to(days::text, 'UTF8'), now() - make_interval(days => days), 'no', NULL
         FROM unnest(ARRAY[1, 89, 91, 400]) AS days",
    )
    .await;
    bill.served.whole_worker().run_chores().await.unwrap();
    let kept = "SELECT sum(convert_from(body, 'UTF8')::int) FROM billing.unread_webhooks";
    assert_eq!(bill.served.motel.number(kept).await, 90);
}
