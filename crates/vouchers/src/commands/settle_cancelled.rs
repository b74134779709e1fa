use chrono::{DateTime, Utc};
use motel_billing::commands::keep_folio;
use motel_bookings::{Booking, By, ReservationStatus};
use motel_db::TenantTx;
use motel_kernel::Money;

use super::give_back::give_back;
use super::take_off::take_coupon_off;
use crate::{Voucher, VoucherError, queries};

const CANCELLED: &str = "the booking was cancelled";

/// Lets what was paid with gift cards and coupons go back when a booking is cancelled, all of it: a coupon is taken off, since it
/// pays no fee for cancelling; then what the guests are owed beyond the fee goes back onto gift cards first, and only the
/// rest is left for other ways. Called again it finds nothing more to do.
pub async fn settle_cancelled(
    tx: &mut TenantTx,
    booking: &Booking,
    now: DateTime<Utc>,
) -> Result<(), VoucherError> {
    if queries::uses_on(tx, booking.id).await?.is_empty() {
        return Ok(());
    }
    keep_folio(tx, booking).await?;
    let booking = motel_bookings::queries::find(tx, booking.id).await?;
    if booking.status() != ReservationStatus::Cancelled {
        return Ok(());
    }
    let by = By::system().because(CANCELLED);
    let mut cards = Vec::new();
    for used in queries::uses_on(tx, booking.id).await? {
        match used.voucher {
            _ if used.standing()?.is_zero() => {}
            Voucher::Coupon(_) => take_coupon_off(tx, &used, by.clone(), CANCELLED, now).await?,
            Voucher::GiftCard(card) => cards.push((card, used)),
        }
    }
    // Two who settle bookings with the same cards take these in the same order.
    cards.sort_by_key(|(card, used)| (*card, used.id));
    for (card, used) in cards {
        let owed = motel_billing::queries::owed_back(tx, &booking).await?;
        let minor = owed.minor().min(used.standing()?.minor());
        if minor > 0 {
            let part = Money::new(minor, owed.currency());
            give_back(tx, card, &used, part, by.clone(), now).await?;
        }
    }
    Ok(())
}
