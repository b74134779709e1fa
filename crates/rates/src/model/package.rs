use chrono::NaiveDate;
use motel_kernel::{Money, PackageId, PropertyId, RatePlanId, StayDates};
use motel_taxes::Per;
use serde::{Deserialize, Serialize};

use crate::{DateWindow, Reason, StayPrice};

/// A stay with something to it, or one that is cheaper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// The id.
    pub id: PackageId,
    /// Whose package it is.
    pub property_id: PropertyId,
    /// What it says.
    pub details: PackageDetails,
    /// Goes up with every change.
    pub version: i32,
}

/// A package as a property describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackageDetails {
    /// The word programs use, unique in the property: `wine_weekend`.
    pub code: String,
    /// What guests read.
    pub name: String,
    /// A few sentences for guests; may be empty.
    pub description: String,
    /// False ends it, whatever its dates say.
    pub active: bool,
    /// What is in it, in the order it is shown.
    pub contents: Vec<String>,
    /// What it does to the price of the stay.
    pub effect: PackageEffect,
    /// The dates, at the property, on which it can be booked.
    pub booking: DateWindow,
    /// The nights it is for; every night of the stay has to be among them.
    pub stay: DateWindow,
    /// The plans it goes with; every plan when empty.
    pub rate_plans: Vec<RatePlanId>,
}

/// What a package does to the price of a stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PackageEffect {
    /// An amount comes to it like a fee, taxed by the taxes that cover fees.
    Extra {
        /// Each time, in minor units.
        amount_minor: i64,
        /// How often.
        per: Per,
    },
    /// A share comes off every night: 1,000 is a tenth.
    Discount {
        /// In basis points, rounded half up per night.
        basis_points: u32,
    },
}

/// A package as a stay was sold with it: whatever becomes of the package, this was agreed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SoldPackage {
    /// The package's code.
    pub code: String,
    /// What it was called.
    pub name: String,
    /// What is in it.
    pub contents: Vec<String>,
    /// What it does to the price.
    pub effect: PackageEffect,
}

/// A package for a stay under a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackageOffer {
    /// The package's code.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// What is in it.
    pub contents: Vec<String>,
    /// What the stay costs with it.
    pub price: StayPrice,
}

impl Package {
    /// True when it can be booked on a date for some night that is not over. Nobody has to end a package: its dates do.
    pub fn is_valid(&self, today: NaiveDate) -> bool {
        let details = &self.details;
        let over = details.stay.until.is_some_and(|until| until <= today);
        details.active && details.booking.contains(today) && !over
    }

    /// True when it can be booked on a date for a stay under a plan.
    pub fn is_for(&self, plan: RatePlanId, stay: StayDates, today: NaiveDate) -> bool {
        self.against(plan, stay, today).is_empty()
    }

    /// Everything that stands in the way of booking it on a date for a stay under a plan.
    pub fn against(&self, plan: RatePlanId, stay: StayDates, today: NaiveDate) -> Vec<Reason> {
        let details = &self.details;
        if !details.active {
            return vec![Reason::PackageUnknown];
        }
        let mut against = Vec::new();
        if !details.booking.contains(today) {
            against.push(Reason::PackageNotNow {
                from: details.booking.from,
                until: details.booking.until,
            });
        }
        if !details.stay.holds(stay) {
            against.push(Reason::PackageOtherDates {
                from: details.stay.from,
                until: details.stay.until,
            });
        }
        if !details.rate_plans.is_empty() && !details.rate_plans.contains(&plan) {
            against.push(Reason::PackageOtherPlan);
        }
        against
    }

    /// What a stay that is sold with it remembers.
    pub fn sold(&self) -> SoldPackage {
        SoldPackage {
            code: self.details.code.clone(),
            name: self.details.name.clone(),
            contents: self.details.contents.clone(),
            effect: self.details.effect,
        }
    }
}

impl PackageOffer {
    /// What the guest pays.
    pub fn total(&self) -> Money {
        self.price.total
    }
}
