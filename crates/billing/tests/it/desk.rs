use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use chrono::Duration;
use futures::future::join_all;
use motel_billing::{BillingError, LinkStatus, PaymentDesk, Sum, queries};
use motel_payments::{
    Checkout, CheckoutRequest, CheckoutState, EventKind, Gateway, GatewayError, GatewayEvent,
    GatewayName, GatewayRefund, Gateways, RefundRequest, WebhookError, WebhookRequest,
};

use crate::motel::{Motel, event, now};

/// Remembers what it was asked; fails as often as it was told to, then makes pages.
#[derive(Default)]
struct FakeGateway {
    asked: Mutex<Vec<CheckoutRequest>>,
    failures: Mutex<VecDeque<GatewayError>>,
}

#[async_trait]
impl Gateway for FakeGateway {
    fn name(&self) -> GatewayName {
        GatewayName::Stripe
    }

    async fn create_checkout(&self, request: &CheckoutRequest) -> Result<Checkout, GatewayError> {
        self.asked.lock().unwrap().push(request.clone());
        if let Some(failure) = self.failures.lock().unwrap().pop_front() {
            return Err(failure);
        }
        // As a gateway that honours keys does: one key, one page.
        Ok(Checkout {
            gateway_reference: format!("cs_{}", request.idempotency_key),
            url: format!("https://pay.example/{}", request.idempotency_key),
            expires_at: now() + Duration::hours(24),
        })
    }

    async fn checkout_state(
        &self,
        _: motel_kernel::TenantId,
        _: &str,
    ) -> Result<CheckoutState, GatewayError> {
        Ok(CheckoutState::Open)
    }

    async fn refund(&self, _: &RefundRequest) -> Result<GatewayRefund, GatewayError> {
        Err(GatewayError::Busy { status: 503 })
    }

    async fn refund_state(&self, _: &RefundRequest) -> Result<Option<GatewayRefund>, GatewayError> {
        Ok(None)
    }

    async fn verify_webhook(&self, _: &WebhookRequest<'_>) -> Result<(), WebhookError> {
        Ok(())
    }

    async fn read_event(&self, _: &[u8]) -> Result<Vec<GatewayEvent>, WebhookError> {
        Ok(Vec::new())
    }
}

fn desk(motel: &Motel, failures: Vec<GatewayError>) -> (PaymentDesk, Arc<FakeGateway>) {
    let gateway = Arc::new(FakeGateway {
        failures: Mutex::new(failures.into()),
        ..FakeGateway::default()
    });
    let gateways = Gateways::new(gateway.clone());
    let desk = PaymentDesk::new(motel.test.db().clone(), gateways, "https://motel.example/");
    (desk, gateway)
}

#[tokio::test(flavor = "multi_thread")]
async fn asking_again_answers_the_same_link_and_asks_the_gateway_once() {
    let motel = Motel::open().await;
    let booking = motel.book().await;
    let (desk, gateway) = desk(&motel, Vec::new());

    let first = desk
        .link(motel.tenant, booking.id, Sum::Due, now())
        .await
        .unwrap();
    let second = desk
        .link(motel.tenant, booking.id, Sum::Due, now())
        .await
        .unwrap();

    assert_eq!((first.is_new, second.is_new), (true, false));
    assert_eq!((first.link.id, &first.url), (second.link.id, &second.url));
    assert_eq!(first.link.amount, booking.total());
    let asked = gateway.asked.lock().unwrap().clone();
    assert_eq!(asked.len(), 1);
    assert_eq!(
        asked[0].success_url,
        format!("https://motel.example/booking/{}", booking.code)
    );
    assert_eq!(asked[0].customer_email, booking.booker.email);
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_who_ask_at_once_get_one_link() {
    let motel = Motel::open().await;
    let booking = motel.book().await;
    let (desk, gateway) = desk(&motel, Vec::new());
    let issued =
        join_all((0..20).map(|_| desk.link(motel.tenant, booking.id, Sum::Due, now()))).await;
    let first = issued[0].as_ref().unwrap();
    for other in &issued {
        assert_eq!(other.as_ref().unwrap().url, first.url);
    }
    let asked = gateway.asked.lock().unwrap();
    assert!(
        asked
            .iter()
            .all(|it| it.idempotency_key == asked[0].idempotency_key)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_time_out_is_tried_again_with_the_same_key() {
    let motel = Motel::open().await;
    let booking = motel.book().await;
    let (desk, gateway) = desk(&motel, vec![GatewayError::Busy { status: 503 }]);

    let outcome = desk.link(motel.tenant, booking.id, Sum::Due, now()).await;
    assert!(matches!(outcome, Err(BillingError::Gateway(_))));
    desk.link(motel.tenant, booking.id, Sum::Due, now())
        .await
        .unwrap();

    let asked = gateway.asked.lock().unwrap();
    assert_eq!(asked[0], asked[1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_link_is_closed_and_the_next_one_has_another_key() {
    let motel = Motel::open().await;
    let booking = motel.book().await;
    let refused = GatewayError::Refused {
        status: 400,
        code: "idempotency_error".to_owned(),
        message: "other parameters".to_owned(),
    };
    let (desk, gateway) = desk(&motel, vec![refused]);

    let outcome = desk.link(motel.tenant, booking.id, Sum::Due, now()).await;
    assert!(matches!(outcome, Err(BillingError::Gateway(_))));
    desk.link(motel.tenant, booking.id, Sum::Due, now())
        .await
        .unwrap();

    let asked = gateway.asked.lock().unwrap().clone();
    assert_ne!(asked[0].idempotency_key, asked[1].idempotency_key);
    let mut tx = motel.tx().await;
    let closed = queries::payment_link(&mut tx, asked[0].reference).await;
    assert_eq!(closed.unwrap().unwrap().status, LinkStatus::Failed);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_past_its_time_gives_way_to_a_new_one() {
    let motel = Motel::open().await;
    let booking = motel.book().await;
    let (desk, _) = desk(&motel, Vec::new());
    let first = desk
        .link(motel.tenant, booking.id, Sum::Due, now())
        .await
        .unwrap();
    let tomorrow = now() + Duration::hours(24);
    let second = desk
        .link(motel.tenant, booking.id, Sum::Due, tomorrow)
        .await
        .unwrap();
    assert_ne!(first.link.id, second.link.id);
    let mut tx = motel.tx().await;
    let old = queries::payment_link(&mut tx, first.link.id).await.unwrap();
    assert_eq!(old.unwrap().status, LinkStatus::Expired);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_settled_folio_needs_no_link() {
    let motel = Motel::open().await;
    let booking = motel.book().await;
    let (desk, _) = desk(&motel, Vec::new());
    let issued = desk
        .link(motel.tenant, booking.id, Sum::Due, now())
        .await
        .unwrap();
    motel
        .take(&event("evt_1", EventKind::Paid, &issued.link))
        .await;
    let outcome = desk.link(motel.tenant, booking.id, Sum::Due, now()).await;
    assert!(matches!(outcome, Err(BillingError::NothingDue)));
}
