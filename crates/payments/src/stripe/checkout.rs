//! `POST /v1/checkout/sessions`: <https://docs.stripe.com/api/checkout/sessions/create>.

use chrono::DateTime;
use motel_kernel::{Currency, Money};
use serde::Deserialize;

use crate::{Checkout, CheckoutRequest, CheckoutState, GatewayError};

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

/// The part of a session that says how it stands: <https://docs.stripe.com/api/checkout/sessions/object>.
#[derive(Deserialize)]
pub(super) struct Standing {
    status: Option<String>,
    payment_status: String,
    amount_total: Option<i64>,
    currency: Option<String>,
}

impl TryFrom<Standing> for CheckoutState {
    type Error = GatewayError;

    /// A complete session that is not paid waits for a slow method, such as a bank debit.
    fn try_from(session: Standing) -> Result<Self, GatewayError> {
        let unreadable = |what: String| GatewayError::Unreadable(what);
        match (session.status.as_deref(), session.payment_status.as_str()) {
            (Some("open"), _) => Ok(Self::Open),
            (Some("expired"), _) => Ok(Self::Expired),
            (Some("complete"), "paid") => {
                let (Some(minor), Some(currency)) = (session.amount_total, session.currency) else {
                    return Err(unreadable("the session has no amount".to_owned()));
                };
                Ok(Self::Paid(money(minor, &currency)?))
            }
            (Some("complete"), _) => Ok(Self::Processing),
            (status, _) => Err(unreadable(format!("the session is {status:?}"))),
        }
    }
}

pub(super) fn form(request: &CheckoutRequest) -> Result<Vec<(&'static str, String)>, GatewayError> {
    let (currency, unit_amount) = in_stripe_units(request.amount)?;
    let reference = request.reference.to_string();
    let name = request.description.chars().take(LONGEST_DESCRIPTION);
    let mut form = vec![
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
    ];
    if request.keep_card {
        // A card is charged later only as a customer's.
        form.push(("customer_creation", "always".to_owned()));
        let usage = "payment_intent_data[setup_future_usage]";
        form.push((usage, "off_session".to_owned()));
    }
    Ok(form)
}

/// An amount as Stripe writes it.
pub(super) fn money(minor: i64, currency: &str) -> Result<Money, GatewayError> {
    let currency = currency.to_uppercase().parse();
    let currency = currency.map_err(|_| GatewayError::Unreadable("no such currency".to_owned()))?;
    Ok(Money::new(minor, currency))
}

pub(super) fn in_stripe_units(amount: Money) -> Result<(String, String), GatewayError> {
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
