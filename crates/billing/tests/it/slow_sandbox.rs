//! The sandbox with a door before it: calls that may take money wait there, get lost, or find nobody to ask.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use motel_billing::sandbox::Sandbox;
use motel_kernel::TenantId;
use motel_payments::{
    AuthorisationState, Authorises, CardReference, ChargeRequest, ChargeState, Checkout,
    CheckoutRequest, CheckoutState, Gateway, GatewayError, GatewayEvent, GatewayName,
    GatewayRefund, RefundRequest, SavedCard, Sought, TakeRequest, WebhookError, WebhookRequest,
};
use tokio::sync::Notify;

/// What becomes of a call.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Door {
    /// It waits until it is let in.
    Shut,
    /// It never arrives, and nobody hears of it.
    Lost,
    /// The same, and questions are not answered either.
    Deaf,
}

pub(crate) struct SlowSandbox {
    sandbox: Sandbox,
    door: Door,
    arrived: Notify,
    opened: Notify,
    pub(crate) closed: Mutex<Vec<String>>,
}

fn unanswered() -> GatewayError {
    GatewayError::Busy { status: 503 }
}

impl SlowSandbox {
    pub(crate) fn new(sandbox: &Sandbox, door: Door) -> Arc<Self> {
        Arc::new(Self {
            sandbox: sandbox.clone(),
            door,
            arrived: Notify::new(),
            opened: Notify::new(),
            closed: Mutex::default(),
        })
    }

    /// A call stands at the door.
    pub(crate) async fn somebody_waits(&self) {
        self.arrived.notified().await;
    }

    pub(crate) fn let_in(&self) {
        self.opened.notify_one();
    }

    async fn pass(&self) -> Result<(), GatewayError> {
        match self.door {
            Door::Shut => {
                self.arrived.notify_one();
                self.opened.notified().await;
                Ok(())
            }
            Door::Lost | Door::Deaf => Err(unanswered()),
        }
    }
}

#[async_trait]
impl Gateway for SlowSandbox {
    fn name(&self) -> GatewayName {
        GatewayName::Sandbox
    }

    async fn create_checkout(&self, request: &CheckoutRequest) -> Result<Checkout, GatewayError> {
        self.pass().await?;
        self.sandbox.create_checkout(request).await
    }

    async fn checkout_state(
        &self,
        tenant: TenantId,
        reference: &str,
    ) -> Result<CheckoutState, GatewayError> {
        self.sandbox.checkout_state(tenant, reference).await
    }

    fn authorises(&self) -> Option<&dyn Authorises> {
        Some(self)
    }

    fn keeps_cards(&self) -> bool {
        true
    }

    async fn saved_card(
        &self,
        tenant: TenantId,
        reference: &str,
    ) -> Result<Option<SavedCard>, GatewayError> {
        self.sandbox.saved_card(tenant, reference).await
    }

    async fn charge_saved(&self, request: &ChargeRequest) -> Result<ChargeState, GatewayError> {
        self.pass().await?;
        self.sandbox.charge_saved(request).await
    }

    async fn charge_state(
        &self,
        request: &ChargeRequest,
    ) -> Result<Option<ChargeState>, GatewayError> {
        match self.door {
            Door::Deaf => Err(unanswered()),
            _ => self.sandbox.charge_state(request).await,
        }
    }

    async fn forget_card(
        &self,
        tenant: TenantId,
        card: &CardReference,
    ) -> Result<(), GatewayError> {
        self.sandbox.forget_card(tenant, card).await
    }

    async fn refund(&self, request: &RefundRequest) -> Result<GatewayRefund, GatewayError> {
        self.sandbox.refund(request).await
    }

    async fn refund_state(
        &self,
        request: &RefundRequest,
    ) -> Result<Option<GatewayRefund>, GatewayError> {
        self.sandbox.refund_state(request).await
    }

    async fn close(&self, _: TenantId, reference: &str) -> Result<bool, GatewayError> {
        self.closed.lock().unwrap().push(reference.to_owned());
        Ok(true)
    }

    async fn verify_webhook(&self, request: &WebhookRequest<'_>) -> Result<(), WebhookError> {
        self.sandbox.verify_webhook(request).await
    }

    async fn read_event(&self, body: &[u8]) -> Result<Vec<GatewayEvent>, WebhookError> {
        self.sandbox.read_event(body).await
    }
}

#[async_trait]
impl Authorises for SlowSandbox {
    async fn authorise_on_page(&self, request: &CheckoutRequest) -> Result<Checkout, GatewayError> {
        self.pass().await?;
        self.sandbox.authorise_on_page(request).await
    }

    async fn authorise_card(
        &self,
        request: &ChargeRequest,
    ) -> Result<AuthorisationState, GatewayError> {
        self.pass().await?;
        self.sandbox.authorise_card(request).await
    }

    async fn authorisation_state(
        &self,
        sought: &Sought,
    ) -> Result<Option<AuthorisationState>, GatewayError> {
        match self.door {
            Door::Deaf => Err(unanswered()),
            _ => self.sandbox.authorisation_state(sought).await,
        }
    }

    async fn take_authorised(
        &self,
        request: &TakeRequest,
    ) -> Result<AuthorisationState, GatewayError> {
        self.pass().await?;
        self.sandbox.take_authorised(request).await
    }

    async fn release(
        &self,
        tenant: TenantId,
        gateway_reference: &str,
        idempotency_key: &str,
    ) -> Result<AuthorisationState, GatewayError> {
        self.pass().await?;
        let released = self
            .sandbox
            .release(tenant, gateway_reference, idempotency_key);
        released.await
    }
}
