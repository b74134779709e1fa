use chrono::{DateTime, Utc};
use diesel::prelude::*;
use motel_kernel::{Money, PaymentLinkId, RefundId};

use crate::BillingError;
use crate::schema::refunds;

motel_db::text_enum! {
    /// Where a refund stands. It goes through these in order and never back.
    pub enum RefundState {
        /// Somebody wants it; the gateway was not asked, or nobody heard its answer.
        Requested = "requested",
        /// The gateway is at it.
        Processing = "processing",
        /// The money left us.
        Succeeded = "succeeded",
        /// The money is ours: it never left, or it came back.
        Failed = "failed",
    }
}

/// Money that goes back through the gateway it came by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refund {
    /// The id; the gateway knows it, too.
    pub id: RefundId,
    /// The payment it is of.
    pub link: PaymentLinkId,
    /// How much.
    pub amount: Money,
    /// Where it stands.
    pub state: RefundState,
    /// Why; `None` for one that was made at the gateway itself.
    pub reason: Option<String>,
    /// Why it failed, in the gateway's words.
    pub failure: Option<String>,
    /// The gateway's name for it, once there is one.
    pub gateway_reference: Option<String>,
    /// When it was asked for, or we first heard of it.
    pub requested_at: DateTime<Utc>,
    /// Since when it stands there.
    pub changed_at: DateTime<Utc>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = refunds)]
pub(crate) struct RefundRow {
    id: RefundId,
    link_id: PaymentLinkId,
    amount_minor: i64,
    currency: String,
    state: RefundState,
    reason: Option<String>,
    failure: Option<String>,
    gateway_reference: Option<String>,
    requested_at: DateTime<Utc>,
    changed_at: DateTime<Utc>,
}

impl Refund {
    /// True while nobody knows its end.
    pub fn is_going(&self) -> bool {
        matches!(self.state, RefundState::Requested | RefundState::Processing)
    }
}

impl TryFrom<RefundRow> for Refund {
    type Error = BillingError;

    fn try_from(row: RefundRow) -> Result<Self, BillingError> {
        let currency = row.currency.parse().map_err(BillingError::unreadable)?;
        Ok(Self {
            id: row.id,
            link: row.link_id,
            amount: Money::new(row.amount_minor, currency),
            state: row.state,
            reason: row.reason,
            failure: row.failure,
            gateway_reference: row.gateway_reference,
            requested_at: row.requested_at,
            changed_at: row.changed_at,
        })
    }
}
