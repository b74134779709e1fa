//! Money that is set aside on a card and not taken yet; the trade calls it a pre-authorisation. A part of it, or all, can be
//! taken once until it lapses, or it is let go.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use motel_kernel::{Money, PaymentLinkId, TenantId};

use crate::{CardReference, ChargeRequest, Checkout, CheckoutRequest, GatewayError};

/// What a gateway does that sets money aside; not all do: [`crate::Gateway::authorises`].
#[async_trait]
pub trait Authorises: Send + Sync {
    /// Makes a page on which `request.amount` is set aside and nothing taken.
    ///
    /// Asking twice with the same `idempotency_key` and otherwise the same request makes one page.
    ///
    /// # Errors
    /// [`GatewayError::is_final`] tells whether asking again with the same key can help.
    async fn authorise_on_page(&self, request: &CheckoutRequest) -> Result<Checkout, GatewayError>;

    /// Sets money aside on a card that was left here, while its owner is away. A card that is refused is
    /// [`AuthorisationState::Refused`].
    ///
    /// Asking twice with the same `idempotency_key` and otherwise the same request sets it aside once.
    ///
    /// # Errors
    /// As [`Authorises::authorise_on_page`]; [`GatewayError::KeepsNoCards`] where there are none.
    async fn authorise_card(
        &self,
        request: &ChargeRequest,
    ) -> Result<AuthorisationState, GatewayError>;

    /// How it stands, asked of the gateway itself; `None` when it never heard of it.
    ///
    /// # Errors
    /// As [`Authorises::authorise_on_page`].
    async fn authorisation_state(
        &self,
        sought: &Sought,
    ) -> Result<Option<AuthorisationState>, GatewayError>;

    /// Sets aside what a payer agreed to on a page ([`AuthorisationState::Agreed`]). A page that does so itself has nothing to
    /// do here.
    ///
    /// # Errors
    /// As [`Authorises::authorise_on_page`].
    async fn confirm(
        &self,
        sought: &Sought,
        _idempotency_key: &str,
    ) -> Result<AuthorisationState, GatewayError> {
        let state = self.authorisation_state(sought).await?;
        Ok(state.unwrap_or(AuthorisationState::Open))
    }

    /// Takes money that was set aside, once and for all: what is left of it is let go. What was taken or let go before stays as
    /// it is and is told as that.
    ///
    /// # Errors
    /// As [`Authorises::authorise_on_page`]; refused for more than was set aside.
    async fn take_authorised(
        &self,
        request: &TakeRequest,
    ) -> Result<AuthorisationState, GatewayError>;

    /// Lets go of money that was set aside. What was taken or let go before stays as it is and is told as that.
    ///
    /// # Errors
    /// As [`Authorises::authorise_on_page`].
    async fn release(
        &self,
        tenant: TenantId,
        gateway_reference: &str,
        idempotency_key: &str,
    ) -> Result<AuthorisationState, GatewayError>;
}

/// Which authorisation is asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sought {
    /// On whose behalf.
    pub tenant: TenantId,
    /// Our link, as the gateway was told it.
    pub link: PaymentLinkId,
    /// Where it is to be found.
    pub place: Place,
}

/// Where a gateway has an authorisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// Under its own name, once we heard it: [`Authorised::gateway_reference`].
    Named(String),
    /// On the page of that name, if anybody agreed there.
    Page(String),
    /// On a card, if that was ever asked for.
    Card(CardReference),
}

/// How an authorisation stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AuthorisationState {
    /// Nobody agreed yet, or the gateway is not done.
    Open,
    /// Its payer agreed, and the money can be set aside: [`Authorises::confirm`].
    Agreed,
    /// The money is set aside.
    Authorised(Authorised),
    /// So much was taken, and no more will be.
    Taken {
        /// By which the gateway names it in events and refunds.
        gateway_reference: String,
        /// How much.
        amount: Money,
    },
    /// It was let go, or lapsed: nothing was taken, and nothing will be.
    Released,
    /// The card was refused, or its bank wants to see its owner; nothing was set aside.
    Refused {
        /// The gateway's word for it.
        code: String,
    },
    /// Nobody agreed in time.
    Expired,
}

/// Money that is set aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authorised {
    /// By which it is taken or let go; at most 255 characters.
    pub gateway_reference: String,
    /// How much.
    pub amount: Money,
    /// It can be taken before this moment.
    pub until: DateTime<Utc>,
}

/// Money to be taken that was set aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakeRequest {
    /// On whose behalf.
    pub tenant: TenantId,
    /// [`Authorised::gateway_reference`].
    pub gateway_reference: String,
    /// How much: more than nothing, no more than is set aside.
    pub amount: Money,
    /// At most 108 characters; derived from our row, never from the attempt.
    pub idempotency_key: String,
}
