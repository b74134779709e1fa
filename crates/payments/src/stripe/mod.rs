//! Stripe Checkout: the three calls and four events this house needs of Stripe's API (docs/adr/0004).

mod checkout;
mod client;
mod event;

use std::fmt;

use async_trait::async_trait;
use motel_kernel::TenantId;
use secrecy::SecretString;

use crate::{
    Checkout, CheckoutRequest, CheckoutState, Gateway, GatewayError, GatewayEvent, GatewayName,
    WebhookError, WebhookRequest, signature,
};

/// The header that carries Stripe's signature.
pub const SIGNATURE_HEADER: &str = "stripe-signature";

/// Where Stripe's API answers.
pub const API_BASE: &str = "https://api.stripe.com";

/// What it takes to work with one Stripe account.
#[derive(Clone)]
pub struct StripeSettings {
    /// `sk_…` or `rk_…`.
    pub secret_key: SecretString,
    /// `whsec_…` of the webhook endpoint.
    pub webhook_secret: SecretString,
    /// [`API_BASE`], unless a fake is to answer.
    pub api_base: String,
}

/// The adapter for Stripe.
pub struct Stripe {
    client: client::Client,
    webhook_secret: SecretString,
}

impl Stripe {
    /// An adapter; nothing is called yet.
    ///
    /// # Errors
    /// The machine can make no TLS connections, or `api_base` is not a URL.
    pub fn new(settings: StripeSettings) -> Result<Self, GatewayError> {
        Ok(Self {
            client: client::Client::new(&settings.api_base, settings.secret_key)?,
            webhook_secret: settings.webhook_secret,
        })
    }
}

#[async_trait]
impl Gateway for Stripe {
    fn name(&self) -> GatewayName {
        GatewayName::Stripe
    }

    async fn create_checkout(&self, request: &CheckoutRequest) -> Result<Checkout, GatewayError> {
        let form = checkout::form(request)?;
        let session: checkout::Session = self
            .client
            .post("/v1/checkout/sessions", &request.idempotency_key, &form)
            .await?;
        session.try_into()
    }

    async fn checkout_state(
        &self,
        _tenant: TenantId,
        gateway_reference: &str,
    ) -> Result<CheckoutState, GatewayError> {
        let session: checkout::Standing = self
            .client
            .get(&["v1", "checkout", "sessions", gateway_reference])
            .await?;
        session.try_into()
    }

    fn read_webhook(
        &self,
        request: &WebhookRequest<'_>,
    ) -> Result<Option<GatewayEvent>, WebhookError> {
        let header = request
            .header(SIGNATURE_HEADER)
            .ok_or(WebhookError::Unsigned)?;
        signature::verify(
            &self.webhook_secret,
            header,
            request.body,
            request.received_at,
        )?;
        event::read(request.body)
    }
}

impl fmt::Debug for StripeSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StripeSettings")
            .field("api_base", &self.api_base)
            .finish_non_exhaustive()
    }
}
