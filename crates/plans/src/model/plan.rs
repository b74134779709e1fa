use std::collections::BTreeMap;

use diesel::prelude::*;
use motel_kernel::Money;
use serde::{Deserialize, Serialize};

use super::Meter;
use crate::PlansError;
use crate::schema::plans;

/// What can be subscribed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Its short name: `standard`.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// What it costs and holds.
    pub terms: Terms,
}

/// What was agreed: it is kept with the subscription.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// For a month, in advance.
    pub price: Money,
    /// How long it can be tried for nothing.
    pub trial_days: u16,
    /// How many people may sign in.
    pub seats: u32,
    /// How many properties there may be.
    pub properties: u32,
    /// What of each meter is included, and what more of it costs. A meter that is not there is free.
    pub meters: BTreeMap<Meter, MeterTerms>,
}

/// What of a meter is included in a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeterTerms {
    /// How much.
    pub included: u32,
    /// What one more costs, in millionths of the currency of the price.
    pub overage_micros: u32,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = plans, check_for_backend(diesel::pg::Pg))]
pub(crate) struct PlanRow {
    code: String,
    name: String,
    terms: serde_json::Value,
}

impl TryFrom<PlanRow> for Plan {
    type Error = PlansError;

    fn try_from(row: PlanRow) -> Result<Self, PlansError> {
        Ok(Self {
            code: row.code,
            name: row.name,
            terms: serde_json::from_value(row.terms)?,
        })
    }
}
