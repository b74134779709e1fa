use chrono::{DateTime, Utc};
use diesel::prelude::*;
use motel_kernel::{Money, PaymentLinkId};

use crate::BillingError;
use crate::schema::disputes;

motel_db::text_enum! {
    /// Where a dispute stands.
    pub enum DisputeState {
        /// Nobody has decided; the gateway holds the money.
        Open = "open",
        /// The money is ours again.
        Won = "won",
        /// The money is gone.
        Lost = "lost",
    }
}

/// Money that a card's owner wants back by way of the bank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dispute {
    /// The gateway's name for it.
    pub reference: String,
    /// The payment it is about.
    pub link: PaymentLinkId,
    /// How much.
    pub amount: Money,
    /// Where it stands.
    pub state: DisputeState,
    /// When we first heard of it.
    pub opened_at: DateTime<Utc>,
    /// When we heard what was decided.
    pub closed_at: Option<DateTime<Utc>>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = disputes)]
pub(crate) struct DisputeRow {
    reference: String,
    link_id: PaymentLinkId,
    amount_minor: i64,
    currency: String,
    state: DisputeState,
    opened_at: DateTime<Utc>,
    closed_at: Option<DateTime<Utc>>,
}

impl Dispute {
    /// True while the gateway holds the money, and when it is gone.
    pub fn takes_money(&self) -> bool {
        self.state != DisputeState::Won
    }
}

impl TryFrom<DisputeRow> for Dispute {
    type Error = BillingError;

    fn try_from(row: DisputeRow) -> Result<Self, BillingError> {
        let currency = row.currency.parse().map_err(BillingError::unreadable)?;
        Ok(Self {
            reference: row.reference,
            link: row.link_id,
            amount: Money::new(row.amount_minor, currency),
            state: row.state,
            opened_at: row.opened_at,
            closed_at: row.closed_at,
        })
    }
}
