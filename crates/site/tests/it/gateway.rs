use async_trait::async_trait;
use chrono::Duration;
use motel_payments::{
    Checkout, CheckoutRequest, CheckoutState, Gateway, GatewayError, GatewayEvent, GatewayName,
    GatewayRefund, RefundRequest, WebhookError, WebhookRequest,
};

use crate::motel::now;

/// Makes payment pages at `pay.example`, or none at all.
pub(crate) struct FakeGateway {
    pub(crate) is_up: bool,
}

#[async_trait]
impl Gateway for FakeGateway {
    fn name(&self) -> GatewayName {
        GatewayName::Stripe
    }

    async fn create_checkout(&self, request: &CheckoutRequest) -> Result<Checkout, GatewayError> {
        if !self.is_up {
            return Err(GatewayError::Busy { status: 503 });
        }
        Ok(Checkout {
            gateway_reference: format!("cs_{}", request.idempotency_key),
            url: format!("https://pay.example/{}", request.amount.minor()),
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

    fn keeps_cards(&self) -> bool {
        true
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
