//! Money set aside: orders with the intent `AUTHORIZE`, <https://developer.paypal.com/docs/checkout/standard/customize/authorization/>.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use motel_kernel::TenantId;
use serde::Deserialize;
use serde_json::{Value, json};

use super::amount::Amount;
use super::order::{self, Capture, Order};
use super::{PayPal, UNTAKEN};
use crate::{
    AuthorisationState, Authorised, Authorises, ChargeRequest, Checkout, CheckoutRequest,
    CheckoutState, GatewayError, Place, Sought, TakeRequest,
};

/// What PayPal says of an order or an authorisation that is no longer as the call wants it.
const OTHER_STATE: [&str; 5] = [
    "AUTHORIZATION_ALREADY_CAPTURED",
    "AUTHORIZATION_EXPIRED",
    "AUTHORIZATION_VOIDED",
    "ORDER_ALREADY_AUTHORIZED",
    "PREVIOUSLY_VOIDED",
];

/// The part of an authorisation that is read.
#[derive(Deserialize)]
pub(super) struct Authorization {
    id: String,
    #[serde(default)]
    status: String,
    amount: Amount,
    expiration_time: Option<DateTime<Utc>>,
}

/// That an authorisation was let go.
#[derive(Deserialize)]
struct Voided {
    #[serde(rename = "status", default)]
    _status: String,
}

impl Authorization {
    /// The order is what we know it by: it leads to the authorisation and to what is taken of it.
    fn state(&self, order: &str) -> Result<AuthorisationState, GatewayError> {
        match self.status.as_str() {
            "CREATED" | "PARTIALLY_CAPTURED" => {
                let until = self.expiration_time;
                let endless = || unreadable("the authorisation never ends");
                Ok(AuthorisationState::Authorised(Authorised {
                    gateway_reference: order.to_owned(),
                    amount: (&self.amount).try_into()?,
                    until: until.ok_or_else(endless)?,
                }))
            }
            "VOIDED" | "EXPIRED" => Ok(AuthorisationState::Released),
            "DENIED" => Ok(AuthorisationState::Refused {
                code: "authorization_denied".to_owned(),
            }),
            "PENDING" => Ok(AuthorisationState::Open),
            status => Err(unreadable(&format!("the authorisation is {status:?}"))),
        }
    }

    fn is_captured(&self) -> bool {
        self.status == "CAPTURED"
    }
}

impl Order {
    fn authorisation_state(&self) -> Result<AuthorisationState, GatewayError> {
        if let Some(capture) = self.capture() {
            match capture.state()? {
                CheckoutState::Paid(amount) => {
                    return Ok(AuthorisationState::Taken {
                        gateway_reference: self.id().to_owned(),
                        amount,
                    });
                }
                CheckoutState::Processing => return Ok(AuthorisationState::Open),
                _ => {}
            }
        }
        match (self.authorization(), self.status()) {
            // What there is of a capture was declined, and no other can follow.
            (Some(authorization), _) if authorization.is_captured() && self.capture().is_some() => {
                Ok(AuthorisationState::Released)
            }
            (Some(authorization), _) => authorization.state(self.id()),
            (None, "APPROVED") => Ok(AuthorisationState::Agreed),
            (None, "VOIDED") => Ok(AuthorisationState::Expired),
            (None, "CREATED" | "SAVED" | "PAYER_ACTION_REQUIRED") => Ok(AuthorisationState::Open),
            (None, status) => Err(unreadable(&format!("the order is {status:?}"))),
        }
    }

    /// The name of what is set aside.
    fn set_aside(&self) -> Result<&str, GatewayError> {
        let nothing = || GatewayError::Refused {
            status: 422,
            code: "NOTHING_AUTHORIZED".to_owned(),
            message: "nothing was set aside for this order".to_owned(),
        };
        let found = self.authorization().ok_or_else(nothing)?;
        Ok(&found.id)
    }
}

fn body(request: &CheckoutRequest) -> Result<Value, GatewayError> {
    let mut body = order::body(request)?;
    if let Some(intent) = body.get_mut("intent") {
        *intent = json!("AUTHORIZE");
    }
    Ok(body)
}

impl PayPal {
    /// PayPal forgets orders nobody agreed to.
    async fn state_of_order(&self, id: &str) -> Result<AuthorisationState, GatewayError> {
        match self.order(id).await {
            Ok(order) => order.authorisation_state(),
            Err(GatewayError::Refused { status: 404, .. }) => Ok(AuthorisationState::Expired),
            Err(error) => Err(error),
        }
    }

    /// What a call led to: the answer does not name the order, so that is looked at.
    async fn after<T>(
        &self,
        order: &str,
        outcome: Result<T, GatewayError>,
    ) -> Result<AuthorisationState, GatewayError> {
        match outcome {
            Ok(_) => self.state_of_order(order).await,
            Err(GatewayError::Refused { code, .. }) if OTHER_STATE.contains(&code.as_str()) => {
                self.state_of_order(order).await
            }
            Err(error) => Err(error),
        }
    }
}

#[async_trait]
impl Authorises for PayPal {
    async fn authorise_on_page(&self, request: &CheckoutRequest) -> Result<Checkout, GatewayError> {
        let body = body(request)?;
        let path = ["v2", "checkout", "orders"];
        let key = Some(request.idempotency_key.as_str());
        let order: Order = self.client.post(&path, key, &body).await?;
        order.into_checkout(Utc::now())
    }

    async fn authorise_card(
        &self,
        _request: &ChargeRequest,
    ) -> Result<AuthorisationState, GatewayError> {
        Err(GatewayError::KeepsNoCards)
    }

    async fn authorisation_state(
        &self,
        sought: &Sought,
    ) -> Result<Option<AuthorisationState>, GatewayError> {
        match &sought.place {
            Place::Named(order) | Place::Page(order) => self.state_of_order(order).await.map(Some),
            Place::Card(_) => Err(GatewayError::KeepsNoCards),
        }
    }

    async fn confirm(
        &self,
        sought: &Sought,
        idempotency_key: &str,
    ) -> Result<AuthorisationState, GatewayError> {
        let (Place::Named(order) | Place::Page(order)) = &sought.place else {
            return Err(GatewayError::KeepsNoCards);
        };
        let path = ["v2", "checkout", "orders", order.as_str(), "authorize"];
        let key = Some(idempotency_key);
        match self.client.post::<Order>(&path, key, &json!({})).await {
            Err(GatewayError::Refused { code, .. }) if UNTAKEN.contains(&code.as_str()) => {
                Ok(AuthorisationState::Open)
            }
            outcome => self.after(order, outcome).await,
        }
    }

    async fn take_authorised(
        &self,
        request: &TakeRequest,
    ) -> Result<AuthorisationState, GatewayError> {
        let body = json!({
            "amount": Amount::try_from(request.amount)?,
            "final_capture": true,
        });
        let order = self.order(&request.gateway_reference).await?;
        let id = order.set_aside()?;
        let path = ["v2", "payments", "authorizations", id, "capture"];
        let key = Some(request.idempotency_key.as_str());
        let outcome = match self.client.post::<Capture>(&path, key, &body).await {
            // That is said of a capture that is made, and fails.
            Ok(capture) if capture.state()? == CheckoutState::Failed => Err(declined()),
            outcome => outcome,
        };
        self.after(&request.gateway_reference, outcome).await
    }

    async fn release(
        &self,
        _tenant: TenantId,
        gateway_reference: &str,
        idempotency_key: &str,
    ) -> Result<AuthorisationState, GatewayError> {
        let order = self.order(gateway_reference).await?;
        let id = order.set_aside()?;
        let path = ["v2", "payments", "authorizations", id, "void"];
        let key = Some(idempotency_key);
        let outcome = self.client.post::<Voided>(&path, key, &json!({})).await;
        self.after(gateway_reference, outcome).await
    }
}

fn declined() -> GatewayError {
    GatewayError::Refused {
        status: 422,
        code: "CAPTURE_DECLINED".to_owned(),
        message: "the capture was declined".to_owned(),
    }
}

fn unreadable(what: &str) -> GatewayError {
    GatewayError::Unreadable(what.to_owned())
}
