//! Money set aside: payments with `capture_method=manual`, <https://docs.stripe.com/payments/place-a-hold-on-a-payment-method>.

use std::collections::BTreeMap;

use async_trait::async_trait;
use chrono::{DateTime, Duration, Utc};
use motel_kernel::{Money, PaymentLinkId, TenantId};
use serde::Deserialize;

use super::checkout::{self, in_stripe_units, money};
use super::{Stripe, charge};
use crate::{
    AuthorisationState, Authorised, Authorises, CardReference, ChargeRequest, Checkout,
    CheckoutRequest, GatewayError, Place, Sought, TakeRequest,
};

/// Tells money that is set aside from a payment on a page, which is told by its session.
pub(super) const MARK: &str = "authorisation";

/// How long money stays aside where Stripe names no moment: <https://docs.stripe.com/payments/place-a-hold-on-a-payment-method#auth-capture-limitations>.
const STANDS: Duration = Duration::days(7);

const EXPAND: (&str, &str) = ("expand[]", "latest_charge");

/// What Stripe says of a payment that is no longer as the call wants it: taken or let go before.
const OTHER_STATE: [&str; 2] = ["payment_intent_unexpected_state", "charge_already_captured"];

/// The part of a payment that says what is set aside: <https://docs.stripe.com/api/payment_intents/object>.
#[derive(Deserialize)]
pub(super) struct Intent {
    id: String,
    #[serde(default)]
    status: String,
    #[serde(default)]
    amount: i64,
    #[serde(default)]
    amount_capturable: i64,
    #[serde(default)]
    amount_received: i64,
    #[serde(default)]
    currency: String,
    #[serde(default)]
    created: i64,
    latest_charge: Option<LatestCharge>,
    last_payment_error: Option<PaymentError>,
    #[serde(default)]
    metadata: BTreeMap<String, String>,
}

/// Its name, or all of it where that was asked for.
#[derive(Deserialize)]
#[serde(untagged)]
enum LatestCharge {
    Named(#[expect(dead_code, reason = "only tells it from the other")] String),
    Whole {
        payment_method_details: Option<Details>,
    },
}

#[derive(Deserialize)]
struct Details {
    card: Option<CardDetails>,
}

#[derive(Deserialize)]
struct CardDetails {
    capture_before: Option<i64>,
}

#[derive(Deserialize)]
struct PaymentError {
    code: Option<String>,
}

/// The part of a session that says what was agreed to on its page.
#[derive(Deserialize)]
struct Session {
    status: Option<String>,
    payment_intent: Option<Intent>,
}

/// The payments of a customer, the latest first.
#[derive(Deserialize)]
struct Intents {
    data: Vec<Intent>,
}

impl Intent {
    /// Our payment link; `None` when it sets nothing aside for us.
    pub(super) fn link(&self) -> Option<PaymentLinkId> {
        self.metadata.get(MARK)?;
        self.metadata.get("payment_link_id")?.parse().ok()
    }

    pub(super) fn id(&self) -> &str {
        &self.id
    }

    /// What was asked for.
    pub(super) fn asked(&self) -> Result<Money, GatewayError> {
        money(self.amount, &self.currency)
    }

    fn state(self) -> Result<AuthorisationState, GatewayError> {
        match self.status.as_str() {
            "requires_capture" => Ok(AuthorisationState::Authorised(Authorised {
                amount: money(self.amount_capturable, &self.currency)?,
                until: self.until()?,
                gateway_reference: self.id,
            })),
            "succeeded" => Ok(AuthorisationState::Taken {
                amount: money(self.amount_received, &self.currency)?,
                gateway_reference: self.id,
            }),
            "canceled" => Ok(AuthorisationState::Released),
            "processing" => Ok(AuthorisationState::Open),
            "requires_action" | "requires_confirmation" => Ok(AuthorisationState::Refused {
                code: "authentication_required".to_owned(),
            }),
            "requires_payment_method" => Ok(AuthorisationState::Refused {
                code: self
                    .last_payment_error
                    .and_then(|error| error.code)
                    .unwrap_or_else(|| "card_declined".to_owned()),
            }),
            status => Err(GatewayError::Unreadable(format!(
                "the payment is {status:?}"
            ))),
        }
    }

    fn until(&self) -> Result<DateTime<Utc>, GatewayError> {
        let details = match &self.latest_charge {
            Some(LatestCharge::Whole {
                payment_method_details,
            }) => payment_method_details.as_ref(),
            _ => None,
        };
        let card = details.and_then(|details| details.card.as_ref());
        let told = card.and_then(|card| card.capture_before);
        let missing = || GatewayError::Unreadable("the payment has no sensible time".to_owned());
        let moment = |seconds| DateTime::from_timestamp(seconds, 0).ok_or_else(missing);
        match told {
            Some(seconds) => moment(seconds),
            None => Ok(moment(self.created)? + STANDS),
        }
    }
}

impl Session {
    /// On a page another card may be tried as long as it is open, so nothing is refused there.
    fn state(self) -> Result<AuthorisationState, GatewayError> {
        let is_over = self.status.as_deref() == Some("expired");
        let state = self.payment_intent.map(Intent::state).transpose()?;
        Ok(match state {
            None | Some(AuthorisationState::Refused { .. } | AuthorisationState::Open)
                if is_over =>
            {
                AuthorisationState::Expired
            }
            // The payment of a page that expired is cancelled with it.
            Some(AuthorisationState::Released) if is_over => AuthorisationState::Expired,
            None | Some(AuthorisationState::Refused { .. }) => AuthorisationState::Open,
            Some(state) => state,
        })
    }
}

fn page_form(request: &CheckoutRequest) -> Result<Vec<(&'static str, String)>, GatewayError> {
    let mut form = checkout::form(request)?;
    form.push(("payment_method_types[0]", "card".to_owned()));
    form.push(("payment_intent_data[capture_method]", "manual".to_owned()));
    let mark = "payment_intent_data[metadata][authorisation]";
    form.push((mark, "true".to_owned()));
    Ok(form)
}

fn card_form(request: &ChargeRequest) -> Result<Vec<(&'static str, String)>, GatewayError> {
    let mut form = charge::form(request)?;
    form.retain(|(name, _)| *name != "metadata[kept_card]");
    form.push(("capture_method", "manual".to_owned()));
    form.push(("metadata[authorisation]", "true".to_owned()));
    form.push((EXPAND.0, EXPAND.1.to_owned()));
    Ok(form)
}

impl Stripe {
    async fn intent(&self, id: &str) -> Result<AuthorisationState, GatewayError> {
        let path = ["v1", "payment_intents", id];
        self.client.get::<Intent>(&path, &[EXPAND]).await?.state()
    }

    async fn state_on_page(&self, session: &str) -> Result<AuthorisationState, GatewayError> {
        let path = ["v1", "checkout", "sessions", session];
        let expand = [("expand[]", "payment_intent.latest_charge")];
        self.client.get::<Session>(&path, &expand).await?.state()
    }

    /// Looked for among the customer's payments, which are few: a search by metadata would lag behind.
    async fn state_on_card(
        &self,
        card: &CardReference,
        link: PaymentLinkId,
    ) -> Result<Option<AuthorisationState>, GatewayError> {
        let query = [
            ("customer", card.customer.as_str()),
            ("limit", "100"),
            ("expand[]", "data.latest_charge"),
        ];
        let path = ["v1", "payment_intents"];
        let intents: Intents = self.client.get(&path, &query).await?;
        let mut intents = intents.data.into_iter();
        let ours = intents.find(|intent| intent.link() == Some(link));
        ours.map(Intent::state).transpose()
    }

    /// Does something to a payment; one that is no longer as that wants it is told as it stands.
    async fn settle(
        &self,
        id: &str,
        action: &str,
        key: &str,
        form: &[(&str, String)],
    ) -> Result<AuthorisationState, GatewayError> {
        let path = ["v1", "payment_intents", id, action];
        match self.client.post::<Intent>(&path, key, form).await {
            Ok(intent) => intent.state(),
            Err(GatewayError::Refused { code, .. }) if OTHER_STATE.contains(&code.as_str()) => {
                self.intent(id).await
            }
            Err(error) => Err(error),
        }
    }
}

#[async_trait]
impl Authorises for Stripe {
    async fn authorise_on_page(&self, request: &CheckoutRequest) -> Result<Checkout, GatewayError> {
        let form = page_form(request)?;
        let path = ["v1", "checkout", "sessions"];
        let key = &request.idempotency_key;
        let session: checkout::Session = self.client.post(&path, key, &form).await?;
        session.try_into()
    }

    async fn authorise_card(
        &self,
        request: &ChargeRequest,
    ) -> Result<AuthorisationState, GatewayError> {
        let form = card_form(request)?;
        let path = ["v1", "payment_intents"];
        let key = &request.idempotency_key;
        match self.client.post::<Intent>(&path, key, &form).await {
            Ok(intent) => intent.state(),
            Err(GatewayError::Refused {
                status: charge::CARD_REFUSED,
                code,
                ..
            }) => Ok(AuthorisationState::Refused { code }),
            Err(error) => Err(error),
        }
    }

    async fn authorisation_state(
        &self,
        sought: &Sought,
    ) -> Result<Option<AuthorisationState>, GatewayError> {
        match &sought.place {
            Place::Named(id) => self.intent(id).await.map(Some),
            Place::Page(session) => self.state_on_page(session).await.map(Some),
            Place::Card(card) => self.state_on_card(card, sought.link).await,
        }
    }

    async fn take_authorised(
        &self,
        request: &TakeRequest,
    ) -> Result<AuthorisationState, GatewayError> {
        let (_, amount) = in_stripe_units(request.amount)?;
        let form = [
            ("amount_to_capture", amount),
            (EXPAND.0, EXPAND.1.to_owned()),
        ];
        let (id, key) = (&request.gateway_reference, &request.idempotency_key);
        self.settle(id, "capture", key, &form).await
    }

    async fn release(
        &self,
        _tenant: TenantId,
        gateway_reference: &str,
        idempotency_key: &str,
    ) -> Result<AuthorisationState, GatewayError> {
        let form = [(EXPAND.0, EXPAND.1.to_owned())];
        self.settle(gateway_reference, "cancel", idempotency_key, &form)
            .await
    }
}
