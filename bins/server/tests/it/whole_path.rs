//! From booking to a folio of nothing, by HTTP alone, through each vendor: a deposit, the rest at check-out, a part that goes
//! back, an invoice and its credit note. The vendors are servers that behave as their documentation says; Stripe's webhooks
//! are signed by its own SDK, and PayPal's, signed as PayPal signs, verified by its own.

use chrono::{Days, NaiveDate};
use remotemotel::settings::Settings;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::caller::stay;
use crate::fake_paypal::{FakePayPal, WEBHOOK_ID};
use crate::office::Office;
use crate::paypal_sdk::PayPalSeal;
use crate::stripe_books::{StripeBooks, event};
use crate::stripe_sdk::StripeSdk;

const EMAIL: &str = "ana@example.com";
const SECRET: &str = "whsec_whole_path";
const BACK: i64 = 1_000;

/// A stay of one night that begins tomorrow, of which a deposit is asked for.
struct Stay {
    office: Office,
    tomorrow: NaiveDate,
    code: String,
    reservation: String,
    booking: String,
    total: i64,
}

impl Stay {
    async fn book(change: impl FnOnce(&mut Settings)) -> Self {
        let office = Office::with(change).await;
        let policy = json!({ "deposit": "share", "share_basis_points": 3_000, "rest_due_days": 0 });
        office.put("/deposit-policy", None, &policy).await.json(200);
        let today: NaiveDate = office.close_by_hand().await.parse().unwrap();
        let tomorrow = today + Days::new(1);
        let leaving = tomorrow + Days::new(1);
        let wish = stay(
            "standard_queen",
            &tomorrow.to_string(),
            &leaving.to_string(),
            EMAIL,
        );
        let booked = office.desk.post("/bookings", &wish).await.json(201);
        let found = office.get("/reservations?status=confirmed").await.json(200);
        let found = &found["data"][0];
        Self {
            tomorrow,
            code: booked["code"].as_str().unwrap().to_owned(),
            reservation: found["id"].as_str().unwrap().to_owned(),
            booking: found["booking_id"].as_str().unwrap().to_owned(),
            total: booked["total_minor"].as_i64().unwrap(),
            office,
        }
    }

    /// A page to pay on.
    async fn link(&self) -> Value {
        let wanted = json!({ "booking_code": self.code, "email": EMAIL });
        let link = self.office.desk.post("/payments/links", &wanted).await;
        link.json(201)
    }

    async fn folio(&self) -> Value {
        let path = format!("/bookings/{}/folio?email={EMAIL}", self.code);
        self.office.desk.get(&path).await.json(200)
    }

    async fn balance(&self) -> i64 {
        self.folio().await["balance_minor"].as_i64().unwrap()
    }

    async fn act(&self, action: &str) {
        let path = format!("/reservations/{}/actions/{action}", self.reservation);
        self.office.post(&path, json!({})).await.json(200);
    }

    async fn close(&self, day: NaiveDate) {
        let day = json!({ "business_date": day });
        self.office.post("/night-audits", day).await.json(201);
        let a_day = json!({ "advance_by_seconds": 86_400 });
        self.office.post("/clock", a_day).await.json(200);
    }

    /// The guest stays, and their night is charged.
    async fn stays(&self) {
        self.close(self.tomorrow - Days::new(1)).await;
        self.act("check-in").await;
        self.close(self.tomorrow).await;
        let path = format!("/bookings/{}/folio?email={EMAIL}", self.code);
        let is_charged = |answer: &Answer| {
            let pending = answer.json(200)["pending"] == json!([]);
            pending.then_some(())
        };
        self.office.desk.get_until(&path, is_charged).await;
    }

    async fn issue(&self, folio: &str) -> Value {
        let wanted = json!({ "kind": "invoice", "language": "en" });
        let path = format!("/folios/{folio}/actions/invoice");
        let issued = self.office.post(&path, wanted).await;
        let at = issued.header("location").strip_prefix("/api/v1").unwrap();
        let pdf = self.office.get(&format!("{at}/document?format=pdf")).await;
        assert!(pdf.text.starts_with("%PDF"), "{}", pdf.text);
        issued.json(201)
    }

    /// The invoice, an allowance that goes back by the way the money came, and the papers anew.
    async fn gives_a_part_back(&self, payment: &str) {
        let staff = self
            .office
            .get(&format!("/bookings/{}/folio", self.booking))
            .await
            .json(200);
        let folio = staff["folio"]["id"].as_str().unwrap();
        let invoice = self.issue(folio).await;
        assert_eq!(invoice["total"]["amount_minor"], self.total);

        let allowance = json!({
            "kind": "adjustment", "amount_minor": -BACK, "currency": "USD",
            "description": "No hot water", "reason": "no hot water",
        });
        let postings = format!("/folios/{folio}/postings");
        self.office.post(&postings, allowance).await.json(201);
        assert_eq!(self.balance().await, -BACK);
        let back = json!({ "amount_minor": BACK, "currency": "USD", "reason": "no hot water" });
        let refunds = format!("/payments/{payment}/refunds");
        let asked = self.office.post_as(&refunds, Some("back"), &back).await;
        let refund = format!("/refunds/{}", asked.json(201)["id"].as_str().unwrap());
        let mut books = self.office.desk.site.books().await;
        books.until_idle().await;
        assert_eq!(
            self.office.get(&refund).await.json(200)["state"],
            "succeeded"
        );

        let credit = format!(
            "/invoices/{}/actions/credit",
            invoice["id"].as_str().unwrap()
        );
        let why = json!({ "reason": "no hot water" });
        let note = self.office.post(&credit, why).await;
        let at = note.header("location").strip_prefix("/api/v1").unwrap();
        let pdf = self.office.get(&format!("{at}/document?format=pdf")).await;
        assert!(pdf.text.starts_with("%PDF"));
        let note = note.json(201);
        assert!(
            note["number"].as_str().unwrap().starts_with("CN-"),
            "{note}"
        );
        assert_eq!(
            note["total"]["amount_minor"].as_i64().unwrap().abs(),
            self.total
        );
        let anew = self.issue(folio).await;
        assert_eq!(anew["total"]["amount_minor"], self.total - BACK);
    }

    /// Nobody owes anybody anything, by the folio, the ledger, and what each event led to.
    async fn is_even(&self, payments: i64) {
        assert_eq!(self.balance().await, 0);
        let mut books = self.office.desk.site.books().await;
        let posted = "SELECT count(*) FROM billing.postings WHERE kind = 'payment'";
        assert_eq!(books.number(posted).await, payments);
        let back = "SELECT sum(amount_minor) FROM billing.postings WHERE kind = 'refund'";
        assert_eq!(books.number(back).await, BACK);
        let open = "SELECT account || ' ' || sum(amount_minor) FROM billing.entry_lines
            WHERE account IN ('guest_ledger', 'deposits_held', 'disputes') GROUP BY account HAVING sum(amount_minor) <> 0";
        assert_eq!(books.lines(open).await, Vec::<String>::new());
        let events =
            "SELECT event_id || ' ' || state FROM billing.payment_events WHERE state <> 'taken'";
        assert_eq!(books.lines(events).await, Vec::<String>::new());
        let report = self.office.get("/payment-events").await.json(200);
        assert!(report["data"].as_array().unwrap().len() > 2, "{report}");
    }
}

/// Stripe tells us, signed by its own SDK.
async fn stripe_tells(stay: &Stay, sdk: &StripeSdk, payload: &str) {
    let signature = sdk.sign(payload, SECRET);
    let desk = &stay.office.desk;
    let told = desk
        .request(Method::POST, "/payments/webhooks/stripe")
        .header("Stripe-Signature", signature)
        .body(payload.to_owned());
    assert_eq!(desk.send(told).await.status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stay_is_paid_through_stripe_and_ends_at_nothing() {
    let Some(sdk) = StripeSdk::find() else { return };
    let stripe = StripeBooks::open();
    let base = stripe.base.clone();
    let stay = Stay::book(|settings| {
        let account = &mut settings.payments.stripe;
        account.secret_key = Some("sk_test_123".into());
        account.webhook_secret = Some(SECRET.into());
        account.api_base = Some(base);
    })
    .await;

    let deposit = stay.link().await;
    let asked = deposit["amount_minor"].as_i64().unwrap();
    assert_eq!(asked, (stay.total * 3 + 5) / 10);
    let session = stripe.session();
    let id = session["id"].as_str().unwrap();
    // The bank asks first: the guest has paid nothing yet.
    let intent = json!({ "id": "pi_1", "object": "payment_intent", "status": "requires_action", "metadata": {} });
    stripe_tells(
        &stay,
        &sdk,
        &event("evt_asks", "payment_intent.requires_action", &intent),
    )
    .await;
    assert_eq!(stay.balance().await, stay.total);
    let paid = stripe.pay(id);
    let completed = event("evt_deposit", "checkout.session.completed", &paid);
    // The news of the end comes before that of the question.
    stripe_tells(&stay, &sdk, &completed).await;
    stripe_tells(
        &stay,
        &sdk,
        &event("evt_asks", "payment_intent.requires_action", &intent),
    )
    .await;
    stripe_tells(&stay, &sdk, &completed).await;
    assert_eq!(stay.balance().await, stay.total - asked);

    stay.stays().await;
    let rest = stay.link().await;
    assert_eq!(rest["amount_minor"], stay.total - asked);
    let paid = stripe.pay(stripe.session()["id"].as_str().unwrap());
    stripe_tells(
        &stay,
        &sdk,
        &event("evt_rest", "checkout.session.completed", &paid),
    )
    .await;
    assert_eq!(stay.balance().await, 0);
    stay.act("check-out").await;

    stay.gives_a_part_back(rest["link_id"].as_str().unwrap())
        .await;
    let refund = event("evt_back", "refund.updated", &stripe.refund());
    for _ in 0..2 {
        stripe_tells(&stay, &sdk, &refund).await;
    }
    // Somebody else tells of another payment.
    let desk = &stay.office.desk;
    let forged = desk.request(Method::POST, "/payments/webhooks/stripe");
    let forged = forged
        .header("Stripe-Signature", sdk.sign(&completed, "whsec_another"))
        .body(completed);
    desk.send(forged).await.problem(403, "bad_signature");
    stay.is_even(2).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stay_is_paid_through_paypal_and_ends_at_nothing() {
    let paypal = FakePayPal::open();
    let base = paypal.base();
    let stay = Stay::book(|settings| {
        let app = &mut settings.payments.paypal;
        app.client_id = Some("an-app".to_owned());
        app.client_secret = Some("its secret".into());
        app.webhook_id = Some(WEBHOOK_ID.to_owned());
        app.api_base = Some(base);
    })
    .await;
    let seal = PayPalSeal::of(&paypal);
    let post = async |headers: Vec<(&str, String)>, body: Vec<u8>| {
        let desk = &stay.office.desk;
        let mut told = desk.request(Method::POST, "/payments/webhooks/paypal");
        for (name, value) in headers {
            told = told.header(name, value);
        }
        desk.send(told.body(body)).await
    };
    let tell = async |kind: &str, id: &str, resource: &Value| {
        let body = FakePayPal::event(kind, id, resource);
        let told = post(seal.sign(&body), body).await;
        assert_eq!(told.status, StatusCode::OK);
    };
    let order_of = |link: &Value| {
        let url = link["payment_url"].as_str().unwrap();
        url.split_once("token=").unwrap().1.to_owned()
    };

    // The deposit: the guest agrees and closes the window, so PayPal tells us.
    let deposit = stay.link().await;
    let asked = deposit["amount_minor"].as_i64().unwrap();
    let order = order_of(&deposit);
    paypal.approve(&order);
    assert_eq!(stay.balance().await, stay.total);
    for _ in 0..2 {
        tell("CHECKOUT.ORDER.APPROVED", "WH-A", &paypal.order(&order)).await;
    }
    assert_eq!(stay.balance().await, stay.total - asked);
    tell(
        "PAYMENT.CAPTURE.COMPLETED",
        "WH-1",
        &paypal.captured(&order),
    )
    .await;

    // The rest: the guest comes back.
    stay.stays().await;
    let rest = stay.link().await;
    assert_eq!(rest["amount_minor"], stay.total - asked);
    let order = order_of(&rest);
    paypal.approve(&order);
    let link = rest["link_id"].as_str().unwrap();
    let back = stay
        .office
        .desk
        .get(&format!("/payments/returns/{link}"))
        .await;
    assert_eq!(back.status, StatusCode::SEE_OTHER);
    assert_eq!(stay.balance().await, 0);
    tell(
        "PAYMENT.CAPTURE.COMPLETED",
        "WH-2",
        &paypal.captured(&order),
    )
    .await;
    stay.act("check-out").await;

    stay.gives_a_part_back(link).await;
    let refund = &paypal.order(&order)["purchase_units"][0]["payments"]["refunds"][0];
    for _ in 0..2 {
        tell("PAYMENT.CAPTURE.REFUNDED", "WH-3", refund).await;
    }
    // Somebody else tells of another payment.
    let forged = FakePayPal::event(
        "PAYMENT.CAPTURE.COMPLETED",
        "WH-4",
        &paypal.captured(&order),
    );
    let forged = post(seal.forge(&forged), forged).await;
    forged.problem(403, "bad_signature");
    stay.is_even(2).await;
}
