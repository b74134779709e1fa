use chrono::NaiveDate;
use motel_kernel::{Money, MoneyError, StayDates};

use crate::{Coupon, CouponWorth, Unusable};

/// Why a coupon is not for a booking. Coupons are no secret, so guests are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CouponRefusal {
    /// The booking does not stand any more; a coupon pays no fee for cancelling.
    #[error("the booking does not stand")]
    NotStanding,
    /// The booking costs less than the coupon asks for.
    #[error("the booking has to cost at least {0}")]
    MinimumSpend(Money),
    /// Some night is not one of those it is for.
    #[error("it is for other nights")]
    OtherNights,
    /// Some room is not one of those it is for.
    #[error("it is for other rooms")]
    OtherRooms,
    /// Some room was booked by another rate.
    #[error("it is for other rates")]
    OtherRates,
    /// The guest has booked before.
    #[error("it is for a guest's first booking")]
    NotFirstBooking,
    /// The guest has used it as often as one guest may.
    #[error("this guest has used it as often as one may")]
    UsedByGuest,
    /// A booking takes one coupon.
    #[error("there is another coupon on this booking")]
    AnotherCoupon,
}

/// A stay that a coupon would be used on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stay {
    pub(crate) dates: StayDates,
    /// The code of the room type.
    pub(crate) room_type: String,
    /// The code of the rate plan.
    pub(crate) rate_plan: String,
}

/// In what circumstances a coupon would be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Circumstances {
    pub(crate) today: NaiveDate,
    /// What is owed, more than nothing.
    pub(crate) owed: Money,
    /// What the booking costs.
    pub(crate) spend: Money,
    /// Whether it will take place, or did.
    pub(crate) stands: bool,
    pub(crate) stays: Vec<Stay>,
    /// How many other bookings the guest made that came to something.
    pub(crate) other_bookings: i64,
    /// On how many bookings of the guest it stands.
    pub(crate) uses_by_guest: i64,
}

/// Why it takes nothing off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NothingOff {
    Unusable(Unusable),
    NotForThis(CouponRefusal),
    /// The amounts have no share, which bounds exclude.
    Overflow(MoneyError),
}

impl From<Unusable> for NothingOff {
    fn from(why: Unusable) -> Self {
        Self::Unusable(why)
    }
}

impl From<CouponRefusal> for NothingOff {
    fn from(why: CouponRefusal) -> Self {
        Self::NotForThis(why)
    }
}

/// What a coupon takes off: more than nothing, never more than is owed nor than is left for it in all.
pub(crate) fn worth(coupon: &Coupon, now: &Circumstances) -> Result<Money, NothingOff> {
    usable(coupon, now)?;
    for_this(coupon, now)?;
    let said = &coupon.details;
    let owed = now.owed.minor();
    let wished = match said.worth {
        CouponWorth::Amount(minor) => minor,
        CouponWorth::Share { share, most_minor } => {
            let part = now.owed.share(share).map_err(NothingOff::Overflow)?;
            most_minor.map_or(part.minor(), |most| part.minor().min(most))
        }
    };
    let left = said
        .max_total_minor
        .map(|most| most.saturating_sub(coupon.taken.minor()));
    let minor = wished.min(owed).min(left.unwrap_or(i64::MAX));
    match minor > 0 {
        true => Ok(Money::new(minor, now.owed.currency())),
        false => Err(Unusable::Spent.into()),
    }
}

fn usable(coupon: &Coupon, now: &Circumstances) -> Result<(), Unusable> {
    let said = &coupon.details;
    if said.currency != now.owed.currency() {
        return Err(Unusable::WrongCurrency);
    }
    if coupon.ended_at.is_some() {
        return Err(Unusable::Void);
    }
    if said.valid.from.is_some_and(|from| now.today < from) {
        return Err(Unusable::NotYet);
    }
    if !said.valid.contains(now.today) {
        return Err(Unusable::Expired);
    }
    let used_up = said
        .max_uses
        .is_some_and(|most| coupon.uses >= i64::from(most));
    if used_up {
        Err(Unusable::Spent)
    } else {
        Ok(())
    }
}

fn for_this(coupon: &Coupon, now: &Circumstances) -> Result<(), CouponRefusal> {
    let said = &coupon.details;
    let among = |codes: &[String], code: &String| codes.is_empty() || codes.contains(code);
    let all = |is_fit: &dyn Fn(&Stay) -> bool| now.stays.iter().all(is_fit);
    if !now.stands {
        return Err(CouponRefusal::NotStanding);
    }
    if now.spend.minor() < said.min_spend_minor {
        let least = Money::new(said.min_spend_minor, said.currency);
        return Err(CouponRefusal::MinimumSpend(least));
    }
    if !all(&|stay| said.stay.holds(stay.dates)) {
        return Err(CouponRefusal::OtherNights);
    }
    if !all(&|stay| among(&said.room_types, &stay.room_type)) {
        return Err(CouponRefusal::OtherRooms);
    }
    if !all(&|stay| among(&said.rate_plans, &stay.rate_plan)) {
        return Err(CouponRefusal::OtherRates);
    }
    if said.first_booking_only && now.other_bookings > 0 {
        return Err(CouponRefusal::NotFirstBooking);
    }
    let most = said.max_uses_per_guest.map(i64::from);
    match most.is_some_and(|most| now.uses_by_guest >= most) {
        true => Err(CouponRefusal::UsedByGuest),
        false => Ok(()),
    }
}

#[cfg(test)]
#[path = "worth_tests.rs"]
mod tests;
