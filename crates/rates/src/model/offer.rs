use chrono::{DateTime, Duration, NaiveTime, Utc};
use motel_inventory::UnitGroup;
use motel_kernel::StayDates;
use motel_tenancy::{LateFee, Property};

use crate::StayPrice;

/// A unit group that can be sold for the dates and party of a search. It holds nothing: somebody else may take it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The group.
    pub unit_group: UnitGroup,
    /// How many stays of these dates could still be sold, at least one.
    pub available_count: u32,
    /// What it costs.
    pub price: StayPrice,
    /// On what terms.
    pub terms: Terms,
}

/// When a guest may come, has to leave, and can still change their mind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// From when on the room is theirs on the day of arrival, on the wall clock of the property.
    pub check_in: NaiveTime,
    /// Until when on the day of departure.
    pub check_out: NaiveTime,
    /// Until when cancelling is free; the moment of check-in where the property has no rule on it.
    pub free_cancellation_until: DateTime<Utc>,
    /// What cancelling costs after that.
    pub late_fee: LateFee,
}

impl Terms {
    /// The terms of a property for a stay.
    pub fn of(property: &Property, stay: StayDates) -> Self {
        let rule = property.policies.cancellation.as_ref();
        let hours = rule.map_or(0, |policy| policy.free_until_hours);
        Self {
            check_in: property.check_in,
            check_out: property.check_out,
            free_cancellation_until: property.check_in_at(stay.arrival())
                - Duration::hours(hours.into()),
            late_fee: rule.map_or(LateFee::None, |policy| policy.late_fee),
        }
    }
}
