//! The sandbox: a gateway that needs no account and moves no money. It plays an outside company: a page of its own, books
//! of its own, and a signed webhook to our public route over real HTTP. It never touches a folio.

mod authorisation;
mod card;
mod card_authorisation;
mod checkout;
mod choice;
mod notice;
mod refund;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use motel_db::Db;
use motel_kernel::{Clock, TenantId};
use motel_payments::sandbox::SandboxSeal;
use motel_payments::{
    Authorises, CardReference, ChargeRequest, ChargeState, Checkout, CheckoutRequest,
    CheckoutState, Gateway, GatewayError, GatewayEvent, GatewayName, GatewayRefund, RefundRequest,
    SavedCard, WebhookError, WebhookRequest,
};

pub use checkout::SandboxCheckout;
pub use choice::{Choice, Chosen};
pub use notice::{NoticeError, PATIENCE};

/// Where the sandbox's pages are, below the public address.
pub const PAGE_PATH: &str = "/pay/sandbox";

/// How long a webhook may take to be answered.
const WEBHOOK_TIMEOUT: Duration = Duration::from_secs(10);

/// What the sandbox has to be told.
#[derive(Clone)]
pub struct SandboxSettings {
    /// Signs its webhooks.
    pub seal: SandboxSeal,
    /// The address of the guest pages, as a guest's browser reaches it.
    pub public_url: String,
    /// Our route for its webhooks, as this machine reaches it: `http://127.0.0.1:8080/payments/webhooks/sandbox`.
    pub webhook_url: String,
    /// By which its pages expire and its webhooks are signed.
    pub clock: Arc<dyn Clock>,
}

/// The sandbox gateway. Cheap to clone.
#[derive(Clone)]
pub struct Sandbox {
    db: Db,
    http: reqwest::Client,
    settings: SandboxSettings,
}

impl Sandbox {
    /// A sandbox that keeps its books in `db`.
    ///
    /// # Errors
    /// The machine can make no HTTP client.
    pub fn new(db: Db, settings: SandboxSettings) -> Result<Self, GatewayError> {
        let http = reqwest::Client::builder()
            .timeout(WEBHOOK_TIMEOUT)
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|error| GatewayError::Unreachable(Box::new(error)))?;
        Ok(Self { db, http, settings })
    }

    fn checkout_of(&self, page: &SandboxCheckout) -> Checkout {
        let base = self.settings.public_url.trim_end_matches('/');
        Checkout {
            gateway_reference: page.gateway_reference(),
            url: format!("{base}{PAGE_PATH}/{}", page.id),
            expires_at: page.expires_at,
        }
    }
}

#[async_trait]
impl Gateway for Sandbox {
    fn name(&self) -> GatewayName {
        GatewayName::Sandbox
    }

    async fn create_checkout(&self, request: &CheckoutRequest) -> Result<Checkout, GatewayError> {
        let page = self.open_page(request, false).await?;
        Ok(self.checkout_of(&page))
    }

    async fn checkout_state(
        &self,
        tenant: TenantId,
        gateway_reference: &str,
    ) -> Result<CheckoutState, GatewayError> {
        self.state_of(tenant, gateway_reference).await
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
        gateway_reference: &str,
    ) -> Result<Option<SavedCard>, GatewayError> {
        self.left_card(tenant, gateway_reference).await
    }

    async fn charge_saved(&self, request: &ChargeRequest) -> Result<ChargeState, GatewayError> {
        self.charge(request).await
    }

    async fn charge_state(
        &self,
        request: &ChargeRequest,
    ) -> Result<Option<ChargeState>, GatewayError> {
        self.charge_known(request).await
    }

    async fn forget_card(
        &self,
        tenant: TenantId,
        card: &CardReference,
    ) -> Result<(), GatewayError> {
        self.forget(tenant, card).await
    }

    async fn refund(&self, request: &RefundRequest) -> Result<GatewayRefund, GatewayError> {
        self.give_back(request).await
    }

    async fn refund_state(
        &self,
        request: &RefundRequest,
    ) -> Result<Option<GatewayRefund>, GatewayError> {
        self.refund_of(request).await
    }

    async fn verify_webhook(&self, request: &WebhookRequest<'_>) -> Result<(), WebhookError> {
        self.settings.seal.verify(request)
    }

    async fn read_event(&self, body: &[u8]) -> Result<Vec<GatewayEvent>, WebhookError> {
        Ok(vec![motel_payments::sandbox::read(body)?])
    }
}

impl fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sandbox")
            .field("webhook_url", &self.settings.webhook_url)
            .finish_non_exhaustive()
    }
}
