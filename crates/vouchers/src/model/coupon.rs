use chrono::{DateTime, Utc};
use motel_kernel::{BasisPoints, Currency, Money, PropertyId};
use motel_rates::DateWindow;

use super::CouponId;

/// A code for many that takes something off what is owed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coupon {
    /// The id.
    pub id: CouponId,
    /// Whose it is.
    pub property: PropertyId,
    /// What it says.
    pub details: CouponDetails,
    /// Since when it can't be used any more.
    pub ended_at: Option<DateTime<Utc>>,
    /// On how many bookings it stands.
    pub uses: i64,
    /// What it takes off there.
    pub taken: Money,
    /// Goes up with every change; not with a use.
    pub version: i32,
}

/// A coupon as a property describes it. Amounts are in one currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CouponDetails {
    /// What the guest types, in capitals.
    pub code: String,
    /// What people read.
    pub name: String,
    /// What every amount of it is in.
    pub currency: Currency,
    /// What it takes off.
    pub worth: CouponWorth,
    /// The dates, at the property, on which it can be used.
    pub valid: DateWindow,
    /// The nights it is for; every night of the booking has to be among them.
    pub stay: DateWindow,
    /// What the booking has to cost at least, in minor units.
    pub min_spend_minor: i64,
    /// The codes of the room types it is for; all when empty.
    pub room_types: Vec<String>,
    /// The codes of the rate plans it is for; all when empty.
    pub rate_plans: Vec<String>,
    /// Only for guests who never booked before.
    pub first_booking_only: bool,
    /// On how many bookings it may stand; any number otherwise.
    pub max_uses: Option<i32>,
    /// On how many of one guest's.
    pub max_uses_per_guest: Option<i32>,
    /// What it may take off in all, in minor units.
    pub max_total_minor: Option<i64>,
}

/// What a coupon takes off; never more than is owed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CouponWorth {
    /// So much, in minor units.
    Amount(i64),
    /// A share of what is owed.
    Share {
        /// Which.
        share: BasisPoints,
        /// But at most so much, in minor units.
        most_minor: Option<i64>,
    },
}

impl Coupon {
    /// How a code is written, whatever way a guest types it.
    pub fn spelling(typed: &str) -> String {
        typed.trim().to_uppercase()
    }

    /// True for 2 to 40 capitals, digits, `_` and `-` that begin with a capital or a digit.
    pub fn is_code(code: &str) -> bool {
        let plain = |letter: char| letter.is_ascii_uppercase() || letter.is_ascii_digit();
        (2..=40).contains(&code.len())
            && code.starts_with(plain)
            && code
                .chars()
                .all(|letter| plain(letter) || matches!(letter, '_' | '-'))
    }

    /// How it is called where guests read it.
    pub fn title(&self) -> String {
        format!("Coupon {}", self.details.code)
    }
}
