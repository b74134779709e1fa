//! A gateway that remembers what it was asked, and says of each page what the test wants.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use chrono::Duration;
use motel_kernel::TenantId;
use motel_payments::{
    Checkout, CheckoutRequest, CheckoutState, Gateway, GatewayError, GatewayEvent, GatewayName,
    GatewayRefund, RefundRequest, WebhookError, WebhookRequest,
};

#[derive(Default)]
pub(crate) struct FakeGateway {
    pub(crate) asked: Mutex<Vec<CheckoutRequest>>,
    pub(crate) states: Mutex<BTreeMap<String, CheckoutState>>,
    pub(crate) failures: Mutex<Vec<GatewayError>>,
    /// Whoever asks for the money waits for ever.
    pub(crate) is_stuck: AtomicBool,
}

#[async_trait]
impl Gateway for FakeGateway {
    fn name(&self) -> GatewayName {
        GatewayName::Stripe
    }

    async fn create_checkout(&self, request: &CheckoutRequest) -> Result<Checkout, GatewayError> {
        self.asked.lock().unwrap().push(request.clone());
        if let Some(failure) = self.failures.lock().unwrap().pop() {
            return Err(failure);
        }
        Ok(Checkout {
            gateway_reference: format!("cs_{}", request.idempotency_key),
            url: format!("https://pay.example/{}", request.idempotency_key),
            expires_at: crate::operator::start() + Duration::days(3650),
        })
    }

    async fn checkout_state(
        &self,
        _: TenantId,
        reference: &str,
    ) -> Result<CheckoutState, GatewayError> {
        let states = self.states.lock().unwrap();
        Ok(states
            .get(reference)
            .copied()
            .unwrap_or(CheckoutState::Open))
    }

    async fn capture(
        &self,
        tenant: TenantId,
        reference: &str,
        _: &str,
    ) -> Result<CheckoutState, GatewayError> {
        if self.is_stuck.load(Ordering::SeqCst) {
            std::future::pending::<()>().await;
        }
        self.checkout_state(tenant, reference).await
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
