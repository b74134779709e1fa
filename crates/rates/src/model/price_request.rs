use chrono::NaiveDate;
use motel_kernel::{Party, RatePlanId, StayDates, UnitGroupId};

use crate::NightPrice;

/// The stay a price is wanted for.
#[derive(Debug, Clone, Copy)]
pub struct PriceRequest<'a> {
    /// The group.
    pub unit_group: UnitGroupId,
    /// The plan it is sold under.
    pub rate_plan: RatePlanId,
    /// The nights.
    pub stay: StayDates,
    /// Who comes.
    pub party: Party,
    /// The ages of the children as far as they are known, in any order.
    pub child_ages: &'a [u8],
    /// The promo code the guest has, however it is spelt.
    pub promo: Option<&'a str>,
    /// The date at the property on which it is booked.
    pub booked_on: NaiveDate,
    /// Nights whose price was agreed already: they keep it. Nights of other dates are left out.
    pub agreed: &'a [NightPrice],
}

impl PriceRequest<'_> {
    /// True when the price of the night was agreed already.
    pub(crate) fn agreed_on(&self, night: NaiveDate) -> bool {
        self.agreed_price(night).is_some()
    }

    pub(crate) fn agreed_price(&self, night: NaiveDate) -> Option<&NightPrice> {
        self.agreed.iter().find(|agreed| agreed.date == night)
    }
}
