use chrono::NaiveDate;
use motel_kernel::{PromoCodeId, PropertyId, RatePlanId, StayDates};

/// A word that makes a stay cheaper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PromoCode {
    /// The id.
    pub id: PromoCodeId,
    /// Whose code it is.
    pub property_id: PropertyId,
    /// What it says.
    pub details: PromoCodeDetails,
    /// How many bookings have used it.
    pub uses: i32,
    /// Goes up with every change of what it says; not with a use.
    pub version: i32,
}

/// A promo code as a property describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PromoCodeDetails {
    /// What the guest types, in capitals: `WINTER10`. Small letters are taken for capitals.
    pub code: String,
    /// What people read.
    pub name: String,
    /// False ends it.
    pub active: bool,
    /// What it takes off.
    pub discount: PromoDiscount,
    /// The dates, at the property, on which it can be booked with.
    pub booking: DateWindow,
    /// The nights it can be used for; every night of the stay has to be among them.
    pub stay: DateWindow,
    /// The plans it applies to; every plan when empty.
    pub rate_plans: Vec<RatePlanId>,
    /// How many bookings may use it; any number otherwise.
    pub max_uses: Option<i32>,
}

/// What a promo code takes off every night. No night is ever less than nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PromoDiscount {
    /// A share: 1,000 is a tenth.
    Percent(i32),
    /// An amount in minor units.
    PerNight(i64),
}

/// Dates from one on and until another, each of which may be open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DateWindow {
    /// The first date.
    pub from: Option<NaiveDate>,
    /// The first date no more.
    pub until: Option<NaiveDate>,
}

impl DateWindow {
    /// True when the date is within.
    pub fn contains(self, date: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= date) && self.until.is_none_or(|until| date < until)
    }

    /// True when every night is within.
    pub fn holds(self, stay: StayDates) -> bool {
        self.from.is_none_or(|from| from <= stay.arrival())
            && self.until.is_none_or(|until| stay.departure() <= until)
    }
}

impl PromoCode {
    /// How a code is written, whatever way a guest types it.
    pub fn spelling(typed: &str) -> String {
        typed.trim().to_uppercase()
    }

    /// True when as many bookings have used it as may.
    pub fn used_up(&self) -> bool {
        self.details.max_uses.is_some_and(|most| self.uses >= most)
    }
}
