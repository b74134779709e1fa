use chrono::{DateTime, Utc};
use diesel::prelude::*;
use motel_kernel::{Money, PaymentLinkId};
use motel_payments::{Checkout, GatewayName};

use super::{StatementId, money};
use crate::PlansError;
use crate::schema::payments;

motel_db::text_enum! {
    /// How an attempt to pay stands.
    pub enum PaymentState {
        /// It can be paid, or was and nobody told us yet.
        Open = "open",
        /// It was paid.
        Paid = "paid",
        /// It never will be.
        Failed = "failed",
        /// Its page is over.
        Expired = "expired",
    }
}

/// An attempt to pay a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// What the gateway knows it by, and the key under which it is asked.
    pub id: PaymentLinkId,
    /// What is paid.
    pub statement: StatementId,
    /// By whom.
    pub gateway: GatewayName,
    /// How it stands.
    pub state: PaymentState,
    /// How much.
    pub amount: Money,
    /// Its page, as soon as there is one.
    pub checkout: Option<Checkout>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = payments, check_for_backend(diesel::pg::Pg))]
pub(crate) struct PaymentRow {
    id: PaymentLinkId,
    statement_id: StatementId,
    gateway: String,
    state: PaymentState,
    amount_minor: i64,
    currency: String,
    gateway_reference: Option<String>,
    url: Option<String>,
    expires_at: Option<DateTime<Utc>>,
}

impl TryFrom<PaymentRow> for Payment {
    type Error = PlansError;

    fn try_from(row: PaymentRow) -> Result<Self, PlansError> {
        let checkout = match (row.gateway_reference, row.url, row.expires_at) {
            (Some(gateway_reference), Some(url), Some(expires_at)) => Some(Checkout {
                gateway_reference,
                url,
                expires_at,
            }),
            _ => None,
        };
        Ok(Self {
            id: row.id,
            statement: row.statement_id,
            gateway: row.gateway.parse().map_err(PlansError::fault)?,
            state: row.state,
            amount: money(row.amount_minor, &row.currency)?,
            checkout,
        })
    }
}
