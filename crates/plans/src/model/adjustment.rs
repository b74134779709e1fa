use diesel::prelude::*;
use motel_kernel::{Money, TenantId};

use super::money;
use crate::PlansError;
use crate::schema::adjustments;

motel_db::text_enum! {
    /// Why an amount goes on the next statement.
    pub enum AdjustmentKind {
        /// The plan was changed in the middle of a period.
        Proration = "proration",
        /// What was used beyond the plan that was, or not to be asked for by the one that followed it.
        Overage = "overage",
        /// Something is owed back.
        Credit = "credit",
    }
}

/// An amount that the next statement takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adjustment {
    /// What it came from; the same source counts once.
    pub source: String,
    /// Why.
    pub kind: AdjustmentKind,
    /// As it stands on the statement.
    pub description: String,
    /// Below nothing when it is owed to the business.
    pub amount: Money,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = adjustments, check_for_backend(diesel::pg::Pg))]
pub(crate) struct AdjustmentRow {
    pub(crate) tenant_id: TenantId,
    source: String,
    kind: AdjustmentKind,
    description: String,
    amount_minor: i64,
    currency: String,
}

impl AdjustmentRow {
    pub(crate) fn new(tenant_id: TenantId, adjustment: &Adjustment) -> Self {
        Self {
            tenant_id,
            source: adjustment.source.clone(),
            kind: adjustment.kind,
            description: adjustment.description.clone(),
            amount_minor: adjustment.amount.minor(),
            currency: adjustment.amount.currency().code().to_owned(),
        }
    }
}

impl TryFrom<AdjustmentRow> for Adjustment {
    type Error = PlansError;

    fn try_from(row: AdjustmentRow) -> Result<Self, PlansError> {
        Ok(Self {
            source: row.source,
            kind: row.kind,
            description: row.description,
            amount: money(row.amount_minor, &row.currency)?,
        })
    }
}
