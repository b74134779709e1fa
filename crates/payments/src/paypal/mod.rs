//! PayPal Orders v2: a page on which a payer agrees, then a call of ours that takes the money (docs/adr/0004).

mod amount;
mod authorisation;
mod client;
mod event;
mod order;
mod refund;
mod verify;

use std::fmt;

use async_trait::async_trait;
use chrono::Utc;
use motel_kernel::TenantId;
use secrecy::SecretString;

use self::event::Told;
pub use self::verify::SIGNATURE_HEADERS;
use crate::{
    Authorises, Checkout, CheckoutRequest, CheckoutState, Gateway, GatewayError, GatewayEvent,
    GatewayName, GatewayRefund, RefundRequest, WebhookError, WebhookRequest,
};

/// Where PayPal's API answers.
pub const API_BASE: &str = "https://api-m.paypal.com";

/// What it takes to work with one PayPal app.
#[derive(Clone)]
pub struct PayPalSettings {
    /// The app's client id.
    pub client_id: String,
    /// Its secret.
    pub client_secret: SecretString,
    /// The id of the webhook that was registered for our address.
    pub webhook_id: String,
    /// [`API_BASE`], unless PayPal's own trial or a fake is to answer.
    pub api_base: String,
}

/// The adapter for PayPal.
pub struct PayPal {
    client: client::Client,
    webhook_id: String,
}

/// For these the payer has to do something again; nothing was taken.
const UNTAKEN: [&str; 4] = [
    "INSTRUMENT_DECLINED",
    "ORDER_NOT_APPROVED",
    "PAYER_ACTION_REQUIRED",
    "REDIRECT_PAYER_FOR_ALTERNATE_FUNDING",
];

impl PayPal {
    /// An adapter; nothing is called yet.
    ///
    /// # Errors
    /// The machine can make no TLS connections, or `api_base` is not a URL.
    pub fn new(settings: PayPalSettings) -> Result<Self, GatewayError> {
        let PayPalSettings {
            client_id,
            client_secret,
            webhook_id,
            api_base,
        } = settings;
        Ok(Self {
            client: client::Client::new(&api_base, client_id, client_secret)?,
            webhook_id,
        })
    }

    async fn order(&self, id: &str) -> Result<order::Order, GatewayError> {
        self.client.get(&["v2", "checkout", "orders", id]).await
    }

    /// The signature is PayPal's to judge.
    async fn verify(&self, request: &WebhookRequest<'_>) -> Result<(), WebhookError> {
        let question = verify::Question::of(request, &self.webhook_id)?;
        let path = ["v1", "notifications", "verify-webhook-signature"];
        verify::judge(self.client.post(&path, None, &question).await)
    }

    async fn complete(&self, told: Told) -> Result<Option<GatewayEvent>, GatewayError> {
        match told {
            Told::Nothing => Ok(None),
            Told::Approved { event_id, order } => event::approved(event_id, &order),
            Told::Capture {
                event_id,
                kind,
                capture,
            } => event::captured(event_id, kind, &capture),
            Told::Back {
                event_id,
                kind,
                refund,
            } => {
                let Some(id) = refund.capture() else {
                    return Ok(None);
                };
                let path = ["v2", "payments", "captures", id];
                let capture = self.client.get(&path).await?;
                event::gone_back(event_id, kind, &refund, &capture)
            }
        }
    }
}

#[async_trait]
impl Gateway for PayPal {
    fn name(&self) -> GatewayName {
        GatewayName::PayPal
    }

    async fn create_checkout(&self, request: &CheckoutRequest) -> Result<Checkout, GatewayError> {
        let body = order::body(request)?;
        let order: order::Order = self
            .client
            .post(
                &["v2", "checkout", "orders"],
                Some(&request.idempotency_key),
                &body,
            )
            .await?;
        order.into_checkout(Utc::now())
    }

    /// PayPal forgets orders nobody agreed to.
    async fn checkout_state(
        &self,
        _tenant: TenantId,
        gateway_reference: &str,
    ) -> Result<CheckoutState, GatewayError> {
        match self.order(gateway_reference).await {
            Ok(order) => order.state(),
            Err(GatewayError::Refused { status: 404, .. }) => Ok(CheckoutState::Expired),
            Err(error) => Err(error),
        }
    }

    async fn capture(
        &self,
        tenant: TenantId,
        gateway_reference: &str,
        idempotency_key: &str,
    ) -> Result<CheckoutState, GatewayError> {
        let path = ["v2", "checkout", "orders", gateway_reference, "capture"];
        let nothing = serde_json::json!({});
        let key = Some(idempotency_key);
        let outcome = self.client.post::<order::Order>(&path, key, &nothing).await;
        match outcome {
            Ok(order) => order.state(),
            Err(GatewayError::Refused { code, .. }) if UNTAKEN.contains(&code.as_str()) => {
                Ok(CheckoutState::Open)
            }
            Err(GatewayError::Refused { code, .. }) if code == "ORDER_ALREADY_CAPTURED" => {
                self.checkout_state(tenant, gateway_reference).await
            }
            Err(error) => Err(error),
        }
    }

    fn captures_on_return(&self) -> bool {
        true
    }

    fn authorises(&self) -> Option<&dyn Authorises> {
        Some(self)
    }

    async fn refund(&self, request: &RefundRequest) -> Result<GatewayRefund, GatewayError> {
        let body = refund::body(request)?;
        let order = self.order(&request.checkout).await?;
        let path = ["v2", "payments", "captures", order.taken()?, "refund"];
        let key = Some(request.idempotency_key.as_str());
        let refund: refund::Refund = self.client.post(&path, key, &body).await?;
        refund.try_into()
    }

    async fn refund_state(
        &self,
        request: &RefundRequest,
    ) -> Result<Option<GatewayRefund>, GatewayError> {
        let order = self.order(&request.checkout).await?;
        let refund = order.into_refund(request.id);
        refund.map(GatewayRefund::try_from).transpose()
    }

    async fn verify_webhook(&self, request: &WebhookRequest<'_>) -> Result<(), WebhookError> {
        self.verify(request).await
    }

    async fn read_event(&self, body: &[u8]) -> Result<Vec<GatewayEvent>, WebhookError> {
        let told = event::read(body)?;
        match self.complete(told).await {
            Ok(event) => Ok(event.into_iter().collect()),
            Err(GatewayError::Unreadable(what)) => Err(WebhookError::Unreadable(what)),
            Err(error) => Err(WebhookError::Unverified(error)),
        }
    }
}

impl fmt::Debug for PayPalSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PayPalSettings")
            .field("api_base", &self.api_base)
            .finish_non_exhaustive()
    }
}
