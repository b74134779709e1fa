//! `POST /v1/checkout/sessions`: <https://docs.stripe.com/api/checkout/sessions/create>.

use chrono::DateTime;
use motel_kernel::{Currency, Money};
use serde::Deserialize;

use crate::{Checkout, CheckoutRequest, GatewayError};

/// Stripe counts these in other minor units than ISO 4217: <https://docs.stripe.com/currencies#special-cases>.
const COUNTED_DIFFERENTLY: [&str; 3] = ["ISK", "UGX", "MGA"];

/// Stripe's longest product name that is shown whole.
const LONGEST_DESCRIPTION: usize = 250;

/// The part of a session that is read.
#[derive(Deserialize)]
pub(super) struct Session {
    id: String,
    url: Option<String>,
    expires_at: i64,
}

pub(super) fn form(request: &CheckoutRequest) -> Result<Vec<(&'static str, String)>, GatewayError> {
    let (currency, unit_amount) = in_stripe_units(request.amount)?;
    let reference = request.reference.to_string();
    let name = request.description.chars().take(LONGEST_DESCRIPTION);
    Ok(vec![
        ("mode", "payment".to_owned()),
        ("client_reference_id", reference.clone()),
        ("customer_email", request.customer_email.to_string()),
        ("success_url", request.success_url.clone()),
        ("cancel_url", request.cancel_url.clone()),
        ("line_items[0][quantity]", "1".to_owned()),
        ("line_items[0][price_data][currency]", currency),
        ("line_items[0][price_data][unit_amount]", unit_amount),
        (
            "line_items[0][price_data][product_data][name]",
            name.collect(),
        ),
        ("metadata[tenant_id]", request.tenant.to_string()),
        ("metadata[payment_link_id]", reference.clone()),
        ("payment_intent_data[metadata][payment_link_id]", reference),
    ])
}

fn in_stripe_units(amount: Money) -> Result<(String, String), GatewayError> {
    let currency = supported(amount.currency())?;
    Ok((currency.code().to_lowercase(), amount.minor().to_string()))
}

fn supported(currency: Currency) -> Result<Currency, GatewayError> {
    if COUNTED_DIFFERENTLY.contains(&currency.code()) {
        return Err(GatewayError::UnsupportedCurrency(currency));
    }
    Ok(currency)
}

impl TryFrom<Session> for Checkout {
    type Error = GatewayError;

    fn try_from(session: Session) -> Result<Self, Self::Error> {
        let missing = |what: &str| GatewayError::Unreadable(format!("the session has no {what}"));
        Ok(Self {
            gateway_reference: session.id,
            url: session.url.ok_or_else(|| missing("url"))?,
            expires_at: DateTime::from_timestamp(session.expires_at, 0)
                .ok_or_else(|| missing("sensible expiry"))?,
        })
    }
}
