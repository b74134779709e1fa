use chrono::{DateTime, Utc};
use diesel::prelude::*;
use motel_kernel::TenantId;

use super::{Period, Terms};
use crate::PlansError;
use crate::schema::subscriptions;

motel_db::text_enum! {
    /// Where a subscription stands.
    pub enum SubscriptionStatus {
        /// It is tried for nothing.
        Trialing = "trialing",
        /// It is in order.
        Active = "active",
        /// A statement should have been paid.
        PastDue = "past_due",
        /// It has been unpaid for so long that nothing metered is to be used.
        Suspended = "suspended",
        /// It ended.
        Cancelled = "cancelled",
    }
}

/// What a business subscribed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    /// Whose.
    pub tenant: TenantId,
    /// The plan's code.
    pub plan: String,
    /// What was agreed.
    pub terms: Terms,
    /// Where it stands.
    pub status: SubscriptionStatus,
    /// The day of the month on which periods begin, 1 to 31; in a shorter month its last.
    pub anchor_day: u32,
    /// What is paid for, or tried, at present.
    pub period: Period,
    /// Whether it ends with the period.
    pub cancel_at_end: bool,
    /// Grows with every change of the owner's.
    pub version: i32,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = subscriptions, check_for_backend(diesel::pg::Pg))]
pub(crate) struct SubscriptionRow {
    tenant_id: TenantId,
    plan: String,
    terms: serde_json::Value,
    status: SubscriptionStatus,
    anchor_day: i16,
    period_start: DateTime<Utc>,
    period_end: DateTime<Utc>,
    cancel_at_end: bool,
    version: i32,
}

impl TryFrom<SubscriptionRow> for Subscription {
    type Error = PlansError;

    fn try_from(row: SubscriptionRow) -> Result<Self, PlansError> {
        Ok(Self {
            tenant: row.tenant_id,
            plan: row.plan,
            terms: serde_json::from_value(row.terms)?,
            status: row.status,
            anchor_day: u32::try_from(row.anchor_day).map_err(PlansError::fault)?,
            period: Period {
                start: row.period_start,
                end: row.period_end,
            },
            cancel_at_end: row.cancel_at_end,
            version: row.version,
        })
    }
}
