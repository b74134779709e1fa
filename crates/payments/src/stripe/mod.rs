//! Stripe Checkout: the calls and events this house needs of Stripe's API (docs/adr/0004).

mod authorisation;
mod card;
mod charge;
mod checkout;
mod client;
mod event;
mod refund;

use std::fmt;

use async_trait::async_trait;
use motel_kernel::{PaymentLinkId, TenantId};
use secrecy::SecretString;

use self::event::Told;
use crate::{
    Authorises, CardReference, ChargeRequest, ChargeState, Checkout, CheckoutRequest,
    CheckoutState, Gateway, GatewayError, GatewayEvent, GatewayName, GatewayRefund, RefundRequest,
    SavedCard, WebhookError, WebhookRequest, signature,
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

    /// Which payment a session led to. A charge of a kept card has no session, and is a payment itself.
    async fn payment_of(&self, session: &str) -> Result<String, GatewayError> {
        if session.starts_with(charge::PREFIX) {
            return Ok(session.to_owned());
        }
        let path = ["v1", "checkout", "sessions", session];
        let session: refund::PaidSession = self.client.get(&path, &[]).await?;
        let missing = || GatewayError::Unreadable("the session has no payment".to_owned());
        session.payment_intent.ok_or_else(missing)
    }

    async fn refunds_of(&self, payment: &str) -> Result<Vec<refund::Refund>, GatewayError> {
        let query = [("payment_intent", payment), ("limit", "100")];
        let refunds: refund::Refunds = self.client.get(&["v1", "refunds"], &query).await?;
        Ok(refunds.data)
    }

    /// `None` when it is none of this account's.
    async fn payment(&self, id: &str) -> Result<Option<refund::Payment>, GatewayError> {
        let path = ["v1", "payment_intents", id];
        match self.client.get::<refund::Payment>(&path, &[]).await {
            Ok(payment) => Ok(Some(payment)),
            Err(GatewayError::Refused { status: 404, .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// What a payment was for; `None` when it is none of ours.
    async fn link_of(&self, payment: &str) -> Result<Option<PaymentLinkId>, GatewayError> {
        let payment = self.payment(payment).await?;
        Ok(payment.and_then(|payment| payment.link()))
    }

    /// One that was made at Stripe itself names no link; its payment does. `None` also when it is no refund at all.
    async fn link_of_refund(
        &self,
        refund: &refund::Refund,
    ) -> Result<Option<PaymentLinkId>, GatewayError> {
        let id = match (refund.link(), &refund.payment_intent) {
            (Some(link), _) => return Ok(Some(link)),
            (None, Some(id)) => id,
            (None, None) => return Ok(None),
        };
        let Some(payment) = self.payment(id).await? else {
            return Ok(None);
        };
        if payment.may_let_go(refund) {
            let refunds = self.refunds_of(id).await?;
            if payment.let_go(&refunds) == Some(refund.id.as_str()) {
                return Ok(None);
            }
        }
        Ok(payment.link())
    }

    /// All refunds of a payment of ours, with what it was for.
    async fn each_refund(
        &self,
        event_id: &str,
        payment_intent: &str,
    ) -> Result<Vec<GatewayEvent>, GatewayError> {
        let Some(payment) = self.payment(payment_intent).await? else {
            return Ok(Vec::new());
        };
        let Some(link) = payment.link() else {
            return Ok(Vec::new());
        };
        let refunds = self.refunds_of(payment_intent).await?;
        let let_go = payment.let_go(&refunds);
        let refunds = refunds.iter();
        let each = refunds.filter(|refund| Some(refund.id.as_str()) != let_go);
        each.map(|refund| {
            let id = format!("{event_id}:{}", refund.id);
            event::refund_event(id, refund, link)
        })
        .collect()
    }

    async fn complete(&self, told: Told) -> Result<Vec<GatewayEvent>, GatewayError> {
        match told {
            Told::Nothing => Ok(Vec::new()),
            Told::Event(event) => Ok(vec![event]),
            Told::Refund { event_id, refund } => {
                let link = self.link_of_refund(&refund).await?;
                let event = link.map(|link| event::refund_event(event_id, &refund, link));
                Ok(event.transpose()?.into_iter().collect())
            }
            Told::SomeRefund {
                event_id,
                payment_intent,
            } => self.each_refund(&event_id, &payment_intent).await,
            Told::Dispute {
                event,
                payment_intent,
            } => {
                let link = self.link_of(&payment_intent).await?;
                Ok(link.map(|link| event.of(link)).into_iter().collect())
            }
        }
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
            .post(
                &["v1", "checkout", "sessions"],
                &request.idempotency_key,
                &form,
            )
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
            .get(&["v1", "checkout", "sessions", gateway_reference], &[])
            .await?;
        session.try_into()
    }

    fn authorises(&self) -> Option<&dyn Authorises> {
        Some(self)
    }

    fn keeps_cards(&self) -> bool {
        true
    }

    async fn saved_card(
        &self,
        _tenant: TenantId,
        gateway_reference: &str,
    ) -> Result<Option<SavedCard>, GatewayError> {
        let path = ["v1", "checkout", "sessions", gateway_reference];
        let expand = [("expand[]", "payment_intent.payment_method")];
        let session: card::Session = self.client.get(&path, &expand).await?;
        session.into_card()
    }

    async fn charge_saved(&self, request: &ChargeRequest) -> Result<ChargeState, GatewayError> {
        let form = charge::form(request)?;
        let key = &request.idempotency_key;
        let path = ["v1", "payment_intents"];
        match self.client.post::<charge::Charge>(&path, key, &form).await {
            Ok(charge) => charge.state(),
            Err(GatewayError::Refused {
                status: charge::CARD_REFUSED,
                code,
                ..
            }) => Ok(charge::refusal(code)),
            Err(error) => Err(error),
        }
    }

    /// Looked for among the customer's payments, which are few: a search by metadata would lag behind.
    async fn charge_state(
        &self,
        request: &ChargeRequest,
    ) -> Result<Option<ChargeState>, GatewayError> {
        let query = [
            ("customer", request.card.customer.as_str()),
            ("limit", "100"),
        ];
        let path = ["v1", "payment_intents"];
        let charges: charge::Charges = self.client.get(&path, &query).await?;
        let mut charges = charges.data.into_iter();
        let ours = charges.find(|charge| charge.link() == Some(request.reference));
        ours.map(|charge| charge.state()).transpose()
    }

    async fn forget_card(
        &self,
        _tenant: TenantId,
        card: &CardReference,
    ) -> Result<(), GatewayError> {
        let path = ["v1", "payment_methods", card.method.as_str(), "detach"];
        let key = format!("detach-{}", card.method);
        match self.client.post::<card::Detached>(&path, &key, &[]).await {
            // It does not know the card, or let go of it before.
            Ok(_)
            | Err(GatewayError::Refused {
                status: 400 | 404, ..
            }) => Ok(()),
            Err(error) => Err(error),
        }
    }

    async fn refund(&self, request: &RefundRequest) -> Result<GatewayRefund, GatewayError> {
        let payment = self.payment_of(&request.checkout).await?;
        let form = refund::form(request, &payment)?;
        let refund: refund::Refund = self
            .client
            .post(&["v1", "refunds"], &request.idempotency_key, &form)
            .await?;
        refund.try_into()
    }

    async fn refund_state(
        &self,
        request: &RefundRequest,
    ) -> Result<Option<GatewayRefund>, GatewayError> {
        let payment = self.payment_of(&request.checkout).await?;
        let mut refunds = self.refunds_of(&payment).await?.into_iter();
        let ours = refunds.find(|refund| refund.named() == Some(request.id));
        ours.map(GatewayRefund::try_from).transpose()
    }

    async fn close(
        &self,
        _tenant: TenantId,
        gateway_reference: &str,
    ) -> Result<bool, GatewayError> {
        let path = ["v1", "checkout", "sessions", gateway_reference, "expire"];
        // Closing what is closed changes nothing, so the key may be the same each time.
        let key = format!("expire-{gateway_reference}");
        match self
            .client
            .post::<serde_json::Value>(&path, &key, &[])
            .await
        {
            Ok(_) => Ok(true),
            // Only open sessions can be expired: this one was paid, or is over.
            Err(GatewayError::Refused { status: 400, .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }

    async fn verify_webhook(&self, request: &WebhookRequest<'_>) -> Result<(), WebhookError> {
        let header = request
            .header(SIGNATURE_HEADER)
            .ok_or(WebhookError::Unsigned)?;
        signature::verify(
            &self.webhook_secret,
            header,
            request.body,
            request.received_at,
        )
    }

    async fn read_event(&self, body: &[u8]) -> Result<Vec<GatewayEvent>, WebhookError> {
        let told = event::read(body)?;
        self.complete(told).await.map_err(WebhookError::Unverified)
    }
}

impl fmt::Debug for StripeSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StripeSettings")
            .field("api_base", &self.api_base)
            .finish_non_exhaustive()
    }
}
