//! What callers see, over real HTTP.

use std::sync::Arc;

use actix_web::middleware::from_fn;
use actix_web::{App, HttpServer, web};
use diesel_async::RunQueryDsl;
use futures::future::join_all;
use motel_billing::sandbox::{Sandbox, SandboxSettings};
use motel_billing::{PaymentDesk, jobs};
use motel_jobs::Worker;
use motel_kernel::{Clock, FixedClock, PaymentLinkId};
use motel_payments::sandbox::{SIGNATURE_HEADER, SandboxSeal};
use motel_payments::{EventKind, GatewayEvent, Gateways, signature};
use motel_tenancy::Directory;
use reqwest::{Response, StatusCode, redirect};
use serde_json::{Value, json};

use crate::motel::{EMAIL, Motel, now, usd};

/// The motel with its doors open.
pub(crate) struct Served {
    pub(crate) motel: Motel,
    pub(crate) base: String,
    pub(crate) sandbox: Sandbox,
    pub(crate) clock: Arc<FixedClock>,
    pub(crate) client: reqwest::Client,
}

const SECRET: &str = "a test's secret";

pub(crate) fn seal() -> SandboxSeal {
    SandboxSeal::new(SECRET.to_owned().into())
}

impl Served {
    pub(crate) async fn open() -> Self {
        Self::with(|sandbox| Gateways::new(Arc::new(sandbox))).await
    }

    pub(crate) async fn with(gateways: impl FnOnce(Sandbox) -> Gateways) -> Self {
        let motel = Motel::open().await;
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let clock = Arc::new(FixedClock::at(now()));
        let settings = SandboxSettings {
            seal: seal(),
            public_url: base.clone(),
            webhook_url: format!("{base}/payments/webhooks/sandbox"),
            clock: clock.clone(),
        };
        let db = motel.test.db().clone();
        let sandbox = Sandbox::new(db.clone(), settings).unwrap();
        let desk = PaymentDesk::new(db.clone(), gateways(sandbox.clone()), &base);
        let directory = Directory::new(db.clone(), "demo-motel".parse().unwrap());
        let (served, ticking) = (sandbox.clone(), clock.clone() as Arc<dyn Clock>);
        let server = HttpServer::new(move || {
            App::new()
                .wrap(from_fn(motel_web::request_context))
                .app_data(web::Data::new(db.clone()))
                .app_data(web::Data::new(desk.clone()))
                .app_data(web::Data::new(served.clone()))
                .app_data(web::Data::new(directory.clone()))
                .app_data(web::Data::new(ticking.clone()))
                .configure(motel_billing::http::configure)
                .configure(motel_billing::http::configure_gateways)
                .configure(motel_web::configure)
        });
        let server = server
            .workers(2)
            .disable_signals()
            .listen(listener)
            .unwrap()
            .run();
        tokio::spawn(server);
        let client = reqwest::Client::builder()
            .redirect(redirect::Policy::none())
            .build()
            .unwrap();
        Self {
            motel,
            base,
            sandbox,
            clock,
            client,
        }
    }

    pub(crate) fn worker(&self) -> Worker {
        jobs::register(
            Worker::new(self.motel.test.db().clone()),
            Some(self.sandbox.clone()),
        )
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> Response {
        let url = format!("{}{path}", self.base);
        self.client.post(url).json(&body).send().await.unwrap()
    }

    pub(crate) async fn get(&self, path: &str) -> Response {
        let url = format!("{}{path}", self.base);
        self.client.get(url).send().await.unwrap()
    }

    pub(crate) async fn folio(&self, code: &str) -> Value {
        let answer = self
            .get(&format!("/bookings/{code}/folio?email={EMAIL}"))
            .await;
        assert_eq!(answer.status(), StatusCode::OK);
        answer.json().await.unwrap()
    }

    pub(crate) async fn link(&self, code: &str) -> Response {
        self.post(
            "/payments/links",
            json!({ "booking_code": code, "email": EMAIL }),
        )
        .await
    }

    pub(crate) async fn webhook(&self, event: &GatewayEvent) -> StatusCode {
        let sealed = seal().seal(event, self.clock.now()).unwrap();
        self.send(&sealed.signature, sealed.body).await
    }

    async fn send(&self, signature: &str, body: Vec<u8>) -> StatusCode {
        let url = format!("{}/payments/webhooks/sandbox", self.base);
        let request = self
            .client
            .post(url)
            .header(SIGNATURE_HEADER, signature)
            .body(body);
        request.send().await.unwrap().status()
    }
}

fn paid(link: &Value, minor: i64) -> GatewayEvent {
    GatewayEvent {
        event_id: "sbxevt_1".to_owned(),
        kind: EventKind::Paid,
        gateway_reference: "sbx_1".to_owned(),
        reference: link["link_id"].as_str().unwrap().parse().unwrap(),
        refund: None,
        amount: usd(minor),
    }
}

async fn problem(answer: Response, status: u16, code: &str) {
    assert_eq!(answer.status().as_u16(), status);
    assert_eq!(answer.headers()["content-type"], "application/problem+json");
    let body: Value = answer.json().await.unwrap();
    assert_eq!(body["code"], code, "{body}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_a_hundred_webhooks_and_a_folio_of_nothing() {
    let served = Served::open().await;
    let code = served.motel.book().await.code.to_string();

    let created = served.link(&code).await;
    assert_eq!(created.status(), StatusCode::CREATED);
    let link: Value = created.json().await.unwrap();
    assert_eq!(
        (&link["amount"], &link["amount_minor"]),
        (&json!(421.12), &json!(42_112))
    );
    assert_eq!(
        (&link["currency"], &link["status"]),
        (&json!("USD"), &json!("open"))
    );
    let again = served.link(&code).await;
    assert_eq!(again.status(), StatusCode::OK);
    assert_eq!(again.json::<Value>().await.unwrap(), link);

    let folio = served.folio(&code).await;
    assert_eq!(folio["balance_minor"], 42_112);
    assert_eq!(folio["postings"], json!([]));
    let pending = folio["pending"].as_array().unwrap().iter();
    let to_come: i64 = pending
        .map(|line| line["amount_minor"].as_i64().unwrap())
        .sum();
    assert_eq!(to_come, 42_112);

    let event = paid(&link, 42_112);
    let answers = join_all((0..100).map(|_| served.webhook(&event))).await;
    assert!(answers.iter().all(|status| *status == StatusCode::OK));

    let folio = served.folio(&code).await;
    assert_eq!(
        (&folio["balance"], &folio["balance_minor"]),
        (&json!(0.0), &json!(0))
    );
    assert_eq!(folio["posted_minor"], -42_112);
    assert_eq!(folio["postings"].as_array().unwrap().len(), 1);
    problem(served.link(&code).await, 409, "nothing_due").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn cancelling_shows_the_refund_that_is_due() {
    let served = Served::open().await;
    let code = served.motel.book().await.code.to_string();
    let link: Value = served.link(&code).await.json().await.unwrap();
    served.webhook(&paid(&link, 42_112)).await;

    let path = format!("/bookings/{code}/cancel");
    let cancelled = served.post(&path, json!({ "email": EMAIL })).await;
    assert_eq!(cancelled.status(), StatusCode::OK);
    let view: Value = cancelled.json().await.unwrap();
    assert_eq!(view["status"], "cancelled");
    assert_eq!(
        (
            &view["refund_due_minor"],
            &view["balance_minor"],
            &view["cancellation_fee_minor"]
        ),
        (&json!(42_112), &json!(-42_112), &json!(0))
    );
    assert_eq!(served.folio(&code).await["refund_due"], json!(421.12));

    let again = served.post(&path, json!({ "email": EMAIL })).await;
    problem(again, 409, "already_cancelled").await;
    // The jobs that follow find everything done.
    served.worker().run_until_idle().await.unwrap();
    assert_eq!(served.folio(&code).await["balance_minor"], -42_112);
}

#[tokio::test(flavor = "multi_thread")]
async fn forged_stale_and_broken_webhooks_post_nothing() {
    let served = Served::open().await;
    let code = served.motel.book().await.code.to_string();
    let link: Value = served.link(&code).await.json().await.unwrap();
    let event = paid(&link, 42_112);

    let genuine = seal().seal(&event, now()).unwrap();
    let foreign = SandboxSeal::derived_from(b"somebody else")
        .seal(&event, now())
        .unwrap();
    let stale = seal()
        .seal(&event, now() - chrono::Duration::seconds(301))
        .unwrap();
    let mut tampered = genuine.body.clone();
    tampered.push(b' ');
    for (signature, body) in [
        (foreign.signature.as_str(), genuine.body.clone()),
        (&genuine.signature, tampered),
        (&stale.signature, stale.body),
        ("t=1,v1=00", genuine.body.clone()),
        ("nonsense", genuine.body.clone()),
        ("", genuine.body.clone()),
    ] {
        assert_eq!(
            served.send(signature, body).await,
            StatusCode::FORBIDDEN,
            "{signature}"
        );
    }
    let nonsense = br#"{"id":1}"#.to_vec();
    let signed = signature::sign(&SECRET.to_owned().into(), &nonsense, now());
    // What is genuine is kept, also when nobody can read it.
    for _ in 0..2 {
        let answer = served.send(&signed, nonsense.clone()).await;
        assert_eq!(answer, StatusCode::OK);
    }
    let kept = "SELECT count(*) FROM billing.unread_webhooks";
    assert_eq!(served.motel.number(kept).await, 1);
    // Counted by reason: two whose signature is wrong, one that is too old, one of no seconds, two of no form.
    let counted = "SELECT sum(number) FROM billing.webhook_incidents WHERE address = '127.0.0.1'";
    assert_eq!(served.motel.number(counted).await, 6);
    let reasons = "SELECT count(DISTINCT reason) FROM billing.webhook_incidents";
    assert_eq!(served.motel.number(reasons).await, 3);
    assert_eq!(
        served.send("t=1,v1=00", vec![b'x'; 300_000]).await,
        StatusCode::PAYLOAD_TOO_LARGE
    );
    for gateway in ["stripe", "paypal", "..", "SANDBOX"] {
        let answer = served
            .post(&format!("/payments/webhooks/{gateway}"), json!({}))
            .await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{gateway}");
    }
    assert_eq!(served.folio(&code).await["balance_minor"], 42_112);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_about_no_link_of_ours_is_kept_and_answered() {
    let served = Served::open().await;
    let event = paid(&json!({ "link_id": PaymentLinkId::new().to_string() }), 1);
    for _ in 0..2 {
        assert_eq!(served.webhook(&event).await, StatusCode::OK);
    }
    let mut admin = served.motel.test.admin().await;
    let kept: i64 = diesel::select(diesel::dsl::sql::<diesel::sql_types::BigInt>(
        "(SELECT count(*) FROM billing.stray_events)",
    ))
    .get_result(&mut admin)
    .await
    .unwrap();
    assert_eq!(kept, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_input_is_told_apart_and_changes_nothing() {
    let served = Served::open().await;
    let code = served.motel.book().await.code.to_string();
    let links = "/payments/links";
    for (body, status, wanted) in [
        (
            json!({ "booking_code": "RM-222222", "email": EMAIL }),
            404,
            "not_found",
        ),
        (
            json!({ "booking_code": code, "email": "eve@example.com" }),
            404,
            "not_found",
        ),
        (
            json!({ "booking_code": "'; DROP TABLE billing.folios; --", "email": EMAIL }),
            422,
            "invalid_input",
        ),
        (
            json!({ "booking_code": code, "email": "nobody" }),
            422,
            "invalid_input",
        ),
        (json!({ "booking_code": code }), 422, "invalid_input"),
        (
            json!({ "booking_code": code, "email": EMAIL, "amount": -1 }),
            422,
            "invalid_input",
        ),
    ] {
        problem(served.post(links, body).await, status, wanted).await;
    }
    let folio = |query: &str| format!("/bookings/{code}/folio{query}");
    problem(
        served.get(&folio("?email=eve@example.com")).await,
        404,
        "not_found",
    )
    .await;
    problem(served.get(&folio("")).await, 422, "invalid_input").await;
    problem(
        served.get("/bookings/x/folio?email=a@b.com").await,
        404,
        "not_found",
    )
    .await;
    let mut admin = served.motel.test.admin().await;
    let links: i64 = diesel::select(diesel::dsl::sql::<diesel::sql_types::BigInt>(
        "(SELECT count(*) FROM billing.payment_links)",
    ))
    .get_result(&mut admin)
    .await
    .unwrap();
    assert_eq!(links, 0);
}
