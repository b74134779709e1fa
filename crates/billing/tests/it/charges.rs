//! What staff do with kept cards, over HTTP.

use std::sync::Arc;

use actix_web::test::{TestRequest, call_service, init_service, read_body};
use actix_web::{App, web};
use motel_billing::{CARD_CONSENT, Sum, commands};
use motel_bookings::Booking;
use motel_kernel::{Clock, FixedClock, PaymentLinkId};
use motel_payments::{CardReference, EventKind, GatewayName, SavedCard};
use motel_tenancy::Directory;
use motel_tenancy::testing::other_tenant;
use serde_json::{Value, json};

use crate::deposits::a_third;
use crate::motel::{Motel, event, now};
use crate::staff::key;

/// The status, whether it was only tried or answered before, and the body.
macro_rules! call {
    ($app:expr, $key:expr, $request:expr) => {{
        let bearer = format!("Bearer {}", $key);
        let request = $request.insert_header(("Authorization", bearer));
        let answer = call_service(&$app, request.to_request()).await;
        let status = answer.status().as_u16();
        let marks = ["dry-run", "idempotent-replayed"];
        let marked = marks
            .iter()
            .any(|name| answer.headers().contains_key(*name));
        let body = read_body(answer).await;
        (
            status,
            marked,
            serde_json::from_slice::<Value>(&body).unwrap(),
        )
    }};
}

macro_rules! app {
    ($motel:expr) => {{
        let db = $motel.test.db().clone();
        let clock: Arc<dyn Clock> = Arc::new(FixedClock::at(now()));
        let directory = Directory::new(db.clone(), "demo-motel".parse().unwrap());
        let app = App::new()
            .app_data(web::Data::new(db))
            .app_data(web::Data::new(clock))
            .app_data(web::Data::new(directory))
            .service(web::scope("/api/v1").configure(motel_billing::http::configure_staff))
            .configure(motel_web::configure);
        init_service(app).await
    }};
}

fn get(path: &str) -> TestRequest {
    TestRequest::get().uri(&format!("/api/v1{path}"))
}

fn post(path: &str, body: Value) -> TestRequest {
    TestRequest::post()
        .uri(&format!("/api/v1{path}"))
        .set_json(body)
}

fn delete(path: &str) -> TestRequest {
    TestRequest::delete().uri(&format!("/api/v1{path}"))
}

const CHARGES: &str = "SELECT count(*) FROM billing.payment_links WHERE card_id IS NOT NULL";

impl Motel {
    /// A booking whose deposit was paid at Stripe by guests who left that card.
    async fn booked_with_a_card(&self) -> (Booking, PaymentLinkId) {
        self.ask_for_deposits(a_third(2)).await;
        let booking = self.book_nights(20, 2, 0).await;
        let mut tx = self.tx().await;
        let wanted = commands::Wanted {
            sum: Sum::Due,
            gateway: GatewayName::Stripe,
            consent: Some(CARD_CONSENT.version),
        };
        let link = commands::prepare_link(&mut tx, &booking, wanted, now())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        self.take(&event("evt_deposit", EventKind::Paid, &link))
            .await;
        let card = SavedCard {
            reference: CardReference {
                customer: "cus_1".to_owned(),
                method: "pm_1".to_owned(),
            },
            brand: "visa".to_owned(),
            last_four: "4242".to_owned(),
            expires_year: 2028,
            expires_month: 8,
        };
        let mut tx = self.tx().await;
        commands::keep_card(&mut tx, &link, card, now())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        (booking, link.id)
    }
}

#[actix_web::test]
async fn a_kept_card_is_tried_charged_once_and_the_amount_is_bounded() {
    let motel = Motel::open().await;
    let (booking, card) = motel.booked_with_a_card().await;
    let (app, key) = (app!(motel), key(&motel, motel.tenant).await);
    let path = format!("/bookings/{}/payments", booking.id);
    let part = json!({ "amount_minor": 1_000, "currency": "USD", "reason": "the minibar" });

    let tried = call!(
        app,
        key,
        post(&format!("{path}?dry_run=true"), part.clone())
    );
    assert_eq!((tried.0, tried.1), (200, true), "{}", tried.2);
    assert_eq!(motel.number(CHARGES).await, 0);
    let owed = motel.balance(&booking).await;
    for (body, status, code) in [
        (
            json!({ "amount_minor": owed + 1, "currency": "USD", "reason": "x" }),
            409,
            "above_owed",
        ),
        (
            json!({ "amount_minor": 1_000, "currency": "EUR", "reason": "x" }),
            422,
            "invalid",
        ),
        (
            json!({ "amount_minor": 0, "currency": "USD", "reason": "x" }),
            422,
            "invalid",
        ),
        (
            json!({ "amount_minor": 1_000, "reason": "x" }),
            422,
            "invalid",
        ),
        (json!({ "reason": "" }), 422, "invalid"),
    ] {
        let (got, _, problem) = call!(app, key, post(&path, body));
        assert_eq!(got, status, "{problem}");
        if status == 409 {
            assert_eq!(problem["code"], code);
        }
    }
    assert_eq!(motel.number(CHARGES).await, 0);

    let named = || post(&path, part.clone()).insert_header(("Idempotency-Key", "charge-1"));
    let (status, _, asked) = call!(app, key, named());
    assert_eq!(status, 201, "{asked}");
    assert_eq!(
        (&asked["state"], &asked["card_id"]),
        (&json!("created"), &json!(card))
    );
    let (_, replayed, again) = call!(app, key, named());
    assert!(replayed && again == asked);
    assert_eq!(motel.number(CHARGES).await, 1);
    let events = "SELECT count(*) FROM jobs.events WHERE kind = 'charge.requested'";
    assert_eq!(motel.number(events).await, 1);
    let (status, _, busy) = call!(app, key, post(&path, json!({ "reason": "all of it" })));
    assert_eq!((status, &busy["code"]), (409, &json!("being_charged")));
    let who = "SELECT count(*) FROM billing.payment_links WHERE actor LIKE 'api_key:%' AND reason = 'the minibar'";
    assert_eq!(motel.number(who).await, 1);
}

#[actix_web::test]
async fn cards_are_listed_without_their_names_at_the_gateway_and_removed() {
    let motel = Motel::open().await;
    let (booking, card) = motel.booked_with_a_card().await;
    let (app, key) = (app!(motel), key(&motel, motel.tenant).await);
    let list = format!("/bookings/{}/cards", booking.id);
    let (status, _, listed) = call!(app, key, get(&list));
    assert_eq!(status, 200, "{listed}");
    let shown = &listed["cards"][0];
    assert_eq!(
        (&shown["brand"], &shown["last_four"], &shown["expires"]),
        (&json!("visa"), &json!("4242"), &json!("2028-08"))
    );
    assert_eq!(shown["consent"], CARD_CONSENT.version);
    assert_eq!(shown["removed_at"], Value::Null);
    assert!(!listed.to_string().contains("pm_1"), "{listed}");

    let path = format!("/cards/{card}");
    let tried = call!(app, key, delete(&format!("{path}?dry_run=true")));
    assert_eq!((tried.0, tried.1), (200, true));
    let kept = "SELECT count(*) FROM billing.payment_methods WHERE removed_at IS NULL";
    assert_eq!(motel.number(kept).await, 1);
    for _ in 0..2 {
        let (status, _, removed) = call!(app, key, delete(&path));
        assert_eq!(status, 200, "{removed}");
        assert_ne!(removed["removed_at"], Value::Null);
    }
    assert_eq!(motel.number(kept).await, 0);
    let charge = post(
        &format!("/bookings/{}/payments", booking.id),
        json!({ "reason": "x" }),
    );
    let (status, _, problem) = call!(app, key, charge);
    assert_eq!((status, &problem["code"]), (409, &json!("no_card_kept")));
}

#[actix_web::test]
async fn the_cards_of_others_are_not_there() {
    let motel = Motel::open().await;
    let (booking, card) = motel.booked_with_a_card().await;
    let other = other_tenant(&motel.test).await;
    let (app, stranger) = (app!(motel), key(&motel, other.tenant).await);
    let charge = json!({ "reason": "mine now" });
    for request in [
        get(&format!("/bookings/{}/cards", booking.id)),
        delete(&format!("/cards/{card}")),
        delete("/cards/nonsense"),
        post(&format!("/bookings/{}/payments", booking.id), charge),
    ] {
        let (status, _, problem) = call!(app, stranger, request);
        assert_eq!(status, 404, "{problem}");
    }
    assert_eq!(motel.number(CHARGES).await, 0);
    let kept = "SELECT count(*) FROM billing.payment_methods WHERE removed_at IS NULL";
    assert_eq!(motel.number(kept).await, 1);
}
