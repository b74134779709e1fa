use std::collections::BTreeSet;

use motel_db::TenantTx;
use motel_rates::commands::{give_back_promo, use_promo};

use crate::{Booking, BookingError};

/// Counts the promo codes that made a booking cheaper, when it is confirmed: each once for the whole booking.
///
/// # Errors
/// [`BookingError::NotOffered`] when the last use of one has gone.
pub(super) async fn count(tx: &mut TenantTx, booking: &Booking) -> Result<(), BookingError> {
    for code in codes(booking) {
        use_promo(tx, booking.property, code, booking.id).await?;
    }
    Ok(())
}

/// Lets others use them, when nothing of a booking is left.
pub(super) async fn give_back(tx: &mut TenantTx, booking: &Booking) -> Result<(), BookingError> {
    for code in codes(booking) {
        give_back_promo(tx, booking.property, code, booking.id).await?;
    }
    Ok(())
}

fn codes(booking: &Booking) -> BTreeSet<&str> {
    let stays = booking.standing();
    stays
        .filter_map(|stay| stay.price.promo.as_deref())
        .collect()
}
