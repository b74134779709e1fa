use std::fmt;
use std::str::FromStr;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use motel_kernel::{Currency, Email, Money, PaymentLinkId, TenantId};

use crate::{
    Authorises, CardReference, ChargeRequest, ChargeState, GatewayEvent, GatewayRefund,
    RefundRequest, SavedCard, WebhookError, WebhookRequest,
};

/// A company that takes money for us on a page of its own. Card data never touches us.
#[async_trait]
pub trait Gateway: Send + Sync {
    /// Which one it is.
    fn name(&self) -> GatewayName;

    /// Makes a page on which `request.amount` can be paid once.
    ///
    /// Asking twice with the same `idempotency_key` and otherwise the same request makes one page.
    ///
    /// # Errors
    /// [`GatewayError::is_final`] tells whether asking again with the same key can help.
    async fn create_checkout(&self, request: &CheckoutRequest) -> Result<Checkout, GatewayError>;

    /// How a checkout stands, asked of the gateway itself: for when nobody told us.
    ///
    /// # Errors
    /// As [`Gateway::create_checkout`]; refused when there is no such checkout.
    async fn checkout_state(
        &self,
        tenant: TenantId,
        gateway_reference: &str,
    ) -> Result<CheckoutState, GatewayError>;

    /// Takes the money of a checkout whose payer agreed ([`CheckoutState::Approved`]), and says how it stands then. A page
    /// that takes the money itself has nothing to do here.
    ///
    /// Asking twice with the same `idempotency_key` takes it once.
    ///
    /// # Errors
    /// As [`Gateway::checkout_state`].
    async fn capture(
        &self,
        tenant: TenantId,
        gateway_reference: &str,
        _idempotency_key: &str,
    ) -> Result<CheckoutState, GatewayError> {
        self.checkout_state(tenant, gateway_reference).await
    }

    /// True where a guest who comes back from the page has agreed and not yet paid, so that we have to
    /// [`Gateway::capture`].
    fn captures_on_return(&self) -> bool {
        false
    }

    /// How it sets money aside without taking it; `None` where it offers that not at all.
    fn authorises(&self) -> Option<&dyn Authorises> {
        None
    }

    /// True where a payer can leave a card ([`CheckoutRequest::keep_card`]) that is charged later while they are away.
    fn keeps_cards(&self) -> bool {
        false
    }

    /// The card that was left with a checkout that is paid; `None` when none was that can be charged again.
    ///
    /// # Errors
    /// As [`Gateway::checkout_state`].
    async fn saved_card(
        &self,
        _tenant: TenantId,
        _gateway_reference: &str,
    ) -> Result<Option<SavedCard>, GatewayError> {
        Ok(None)
    }

    /// Takes money from a card that was left here, while its owner is away.
    ///
    /// Asking twice with the same `idempotency_key` and otherwise the same request takes it once.
    ///
    /// # Errors
    /// As [`Gateway::create_checkout`]; [`GatewayError::KeepsNoCards`] where there are none. A card that is refused is
    /// [`ChargeState::Declined`].
    async fn charge_saved(&self, _request: &ChargeRequest) -> Result<ChargeState, GatewayError> {
        Err(GatewayError::KeepsNoCards)
    }

    /// How a charge stands that may have been asked for, asked of the gateway itself; `None` when it knows none.
    ///
    /// # Errors
    /// As [`Gateway::charge_saved`].
    async fn charge_state(
        &self,
        _request: &ChargeRequest,
    ) -> Result<Option<ChargeState>, GatewayError> {
        Err(GatewayError::KeepsNoCards)
    }

    /// Has the gateway forget a card. One that it does not know, or forgot before, is forgotten.
    ///
    /// # Errors
    /// As [`Gateway::charge_saved`].
    async fn forget_card(
        &self,
        _tenant: TenantId,
        _card: &CardReference,
    ) -> Result<(), GatewayError> {
        Err(GatewayError::KeepsNoCards)
    }

    /// Gives back money that a checkout or a charge took.
    ///
    /// Asking twice with the same `idempotency_key` and otherwise the same request gives it back once.
    ///
    /// # Errors
    /// As [`Gateway::create_checkout`]; refused for more than is left of what was paid.
    async fn refund(&self, request: &RefundRequest) -> Result<GatewayRefund, GatewayError>;

    /// How a refund stands that may have been asked for, asked of the gateway itself; `None` when it knows none.
    ///
    /// # Errors
    /// As [`Gateway::checkout_state`].
    async fn refund_state(
        &self,
        request: &RefundRequest,
    ) -> Result<Option<GatewayRefund>, GatewayError>;

    /// Closes a page that nobody is to pay on any more. False where this gateway has no such call, or the page had come to an
    /// end: then it may still be paid, or was.
    ///
    /// # Errors
    /// As [`Gateway::checkout_state`].
    async fn close(
        &self,
        _tenant: TenantId,
        _gateway_reference: &str,
    ) -> Result<bool, GatewayError> {
        Ok(false)
    }

    /// Verifies what was posted to our webhook address, and reads nothing of it.
    ///
    /// # Errors
    /// The signature is missing, wrong or too old; or the gateway had to be asked about it and did not answer
    /// ([`WebhookError::Unverified`]).
    async fn verify_webhook(&self, request: &WebhookRequest<'_>) -> Result<(), WebhookError>;

    /// Reads the body of a webhook that was verified, now or before: nothing for an event that is genuine but not about a
    /// checkout of ours. Where an event does not say all, the gateway is asked.
    ///
    /// # Errors
    /// It is not what the gateway documents ([`WebhookError::Unreadable`]), or the gateway had to be asked and did not
    /// answer ([`WebhookError::Unverified`]).
    async fn read_event(&self, body: &[u8]) -> Result<Vec<GatewayEvent>, WebhookError>;

    /// Verifies and reads.
    ///
    /// # Errors
    /// As [`Gateway::verify_webhook`] and [`Gateway::read_event`].
    async fn read_webhook(
        &self,
        request: &WebhookRequest<'_>,
    ) -> Result<Vec<GatewayEvent>, WebhookError> {
        self.verify_webhook(request).await?;
        self.read_event(request.body).await
    }
}

/// The gateways there are adapters for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GatewayName {
    /// The installation's own trial gateway, which moves no real money.
    Sandbox,
    /// Stripe Checkout.
    Stripe,
    /// PayPal Orders.
    PayPal,
}

/// A page to pay on, as we ask a gateway for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckoutRequest {
    /// On whose behalf.
    pub tenant: TenantId,
    /// Our payment link; comes back in every event.
    pub reference: PaymentLinkId,
    /// What is to be paid; more than nothing.
    pub amount: Money,
    /// What the guest pays for, in one line.
    pub description: String,
    /// Where the guest goes after paying. Arriving there proves nothing: only the webhook does.
    pub success_url: String,
    /// Where the guest goes who turns back.
    pub cancel_url: String,
    /// Filled in for the guest.
    pub customer_email: Email,
    /// The payer agreed that the card they pay with is kept and charged again ([`Gateway::saved_card`]).
    pub keep_card: bool,
    /// At most 255 characters; derived from the payment link, never from the attempt.
    pub idempotency_key: String,
}

/// A page to pay on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkout {
    /// The gateway's name for it.
    pub gateway_reference: String,
    /// The address of the page.
    pub url: String,
    /// When the page stops taking money.
    pub expires_at: DateTime<Utc>,
}

/// How a checkout stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckoutState {
    /// It can be paid.
    Open,
    /// Its payer agreed, and the money is there to be taken: [`Gateway::capture`].
    Approved,
    /// It was paid in a way that takes its time.
    Processing,
    /// This much was taken.
    Paid(Money),
    /// It was refused for good.
    Failed,
    /// It will never be paid.
    Expired,
}

/// Why a gateway did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum GatewayError {
    /// No answer. The gateway may or may not have done it: ask again with the same key.
    #[error("the payment gateway could not be reached")]
    Unreachable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// It is overloaded, in trouble, or still busy with the same key.
    #[error("the payment gateway is busy (status {status})")]
    Busy {
        /// The HTTP status.
        status: u16,
    },
    /// It refuses this request, and will refuse it again.
    #[error("the payment gateway refused (status {status}, {code}): {message}")]
    Refused {
        /// The HTTP status.
        status: u16,
        /// The gateway's word for it.
        code: String,
        /// The gateway's sentence, for the log.
        message: String,
    },
    /// It answered something its documentation does not know.
    #[error("the payment gateway's answer could not be read: {0}")]
    Unreadable(String),
    /// The gateway counts this currency in other units than ISO 4217 does, so the guest would pay a wrong amount.
    #[error("{0} cannot be charged through this gateway")]
    UnsupportedCurrency(Currency),
    /// Cards can't be left with this gateway.
    #[error("this payment gateway keeps no cards for us")]
    KeepsNoCards,
}

impl GatewayError {
    /// True when the same request will fail again, so that it takes a new one.
    pub fn is_final(&self) -> bool {
        matches!(
            self,
            Self::Refused { .. } | Self::UnsupportedCurrency(_) | Self::KeepsNoCards
        )
    }
}

/// The text is not the name of a gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there is no such payment gateway")]
pub struct UnknownGateway;

impl GatewayName {
    /// The word it is stored as and that stands in its webhook address.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sandbox => "sandbox",
            Self::Stripe => "stripe",
            Self::PayPal => "paypal",
        }
    }
}

impl fmt::Display for GatewayName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for GatewayName {
    type Err = UnknownGateway;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "sandbox" => Ok(Self::Sandbox),
            "stripe" => Ok(Self::Stripe),
            "paypal" => Ok(Self::PayPal),
            _ => Err(UnknownGateway),
        }
    }
}
