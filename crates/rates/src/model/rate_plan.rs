use chrono::NaiveDate;
use diesel::prelude::{AsChangeset, Insertable, Queryable, Selectable};
use motel_kernel::{BasisPoints, Money, PropertyId, RatePlanId};

use crate::Weekdays;
use crate::schema::rate_plans;

/// A way of pricing nights.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = rate_plans, treat_none_as_null = true, check_for_backend(diesel::pg::Pg))]
pub struct RatePlan {
    /// The id.
    pub id: RatePlanId,
    /// Whose plan it is.
    pub property_id: PropertyId,
    /// The word programs use, unique in the property: `weekend`.
    pub code: String,
    /// What people read: "Weekend rate".
    pub name: String,
    /// The nights it prices.
    pub nights: Weekdays,
    /// The plan whose amounts it multiplies.
    pub derived_from: Option<RatePlanId>,
    /// By how much: 12,000 is 1.2 times; there exactly when `derived_from` is.
    #[diesel(column_name = multiplier_basis_points)]
    pub multiplier: Option<BasisPoints>,
}

/// A rate plan as a property describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RatePlanDetails {
    /// The word programs use, unique in the property.
    pub code: String,
    /// What people read.
    pub name: String,
    /// The nights it prices.
    pub nights: Weekdays,
    /// Where its amounts come from, if they are not its own.
    pub derivation: Option<Derivation>,
}

/// The amounts of a plan are those of another plan, times something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Derivation {
    /// The other plan.
    pub parent: RatePlanId,
    /// 12,000 basis points is 1.2 times; each amount is rounded half up to the minor unit.
    pub multiplier: BasisPoints,
}

/// What the units of a group cost under a plan, and for which stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateTerms {
    /// Per unit and night, before tax that comes on top.
    pub amount: Money,
    /// The first night it prices.
    pub valid_from: NaiveDate,
    /// The first night it does not price any more.
    pub valid_until: NaiveDate,
    /// The fewest nights of a stay it can be part of.
    pub min_nights: i32,
    /// The most nights of a stay it can be part of.
    pub max_nights: i32,
}

impl RatePlanDetails {
    pub(crate) fn into_plan(self, id: RatePlanId, property_id: PropertyId) -> RatePlan {
        RatePlan {
            id,
            property_id,
            code: self.code,
            name: self.name,
            nights: self.nights,
            derived_from: self.derivation.map(|derivation| derivation.parent),
            multiplier: self.derivation.map(|derivation| derivation.multiplier),
        }
    }
}
