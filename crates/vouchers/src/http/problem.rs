use motel_billing::BillingError;
use motel_web::Problem;

use crate::{CouponRefusal, VoucherError};

const NOT_USABLE: &str = "This code can't be used. Please check how it is written.";

impl From<VoucherError> for Problem {
    /// As guests may read it: they are not told why a code takes nothing off.
    fn from(error: VoucherError) -> Self {
        let code = error.code();
        match error {
            VoucherError::NotFound(what) => Self::not_found(what),
            VoucherError::Unusable(_) => Self::conflict(code, NOT_USABLE),
            VoucherError::NotForThis(why) => Self::conflict(code, sentence(why)),
            VoucherError::TakenOff => Self::conflict(code, "This was taken off before."),
            VoucherError::AlreadyVoid => Self::conflict(code, "This gift card was voided before."),
            VoucherError::CouponUsed => Self::conflict(
                code,
                "This coupon was used before, and what it says stays. End it and make another.",
            ),
            VoucherError::CodeTaken(taken) => Self::conflict(
                code,
                format!("There is a coupon with the code {taken} already."),
            ),
            VoucherError::Stale => Self::version_mismatch(),
            VoucherError::Billing(error) => error.into(),
            VoucherError::Booking(error) => error.into(),
            VoucherError::Fault(_) | VoucherError::Db(_) => Self::internal(error),
        }
    }
}

/// As staff may read it.
pub(super) fn for_staff(error: VoucherError) -> Problem {
    match error {
        VoucherError::Unusable(why) => {
            Problem::conflict(error.code(), format!("This code can't be used: {why}."))
        }
        VoucherError::Billing(BillingError::NothingDue) => {
            Problem::conflict("nothing_due", "Nothing is due on this folio.")
        }
        other => other.into(),
    }
}

fn sentence(why: CouponRefusal) -> String {
    match why {
        CouponRefusal::NotStanding => "This booking takes no coupon any more.".to_owned(),
        CouponRefusal::MinimumSpend(least) => {
            format!("This coupon is for bookings of at least {least}.")
        }
        CouponRefusal::OtherNights => "This coupon is for other nights.".to_owned(),
        CouponRefusal::OtherRooms => "This coupon is for other rooms.".to_owned(),
        CouponRefusal::OtherRates => "This coupon is for other rates.".to_owned(),
        CouponRefusal::NotFirstBooking => "This coupon is for a first booking.".to_owned(),
        CouponRefusal::UsedByGuest => "This coupon was used as often as one guest may.".to_owned(),
        CouponRefusal::AnotherCoupon => "There is another coupon on this booking.".to_owned(),
    }
}
