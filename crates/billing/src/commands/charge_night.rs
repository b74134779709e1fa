use motel_bookings::Booking;
use motel_db::TenantTx;
use motel_kernel::ReservationId;
use motel_rates::PriceLine;

use super::folio::{keep_folio, turn_on_folio_of};
use super::post::post;
use crate::rules::{charge_night as due_lines, stays};
use crate::{BillingError, Folio, queries};

/// Posts what was pending of a stay up to the night that was charged. Told twice, it posts once.
pub async fn charge_night(
    tx: &mut TenantTx,
    booking: &Booking,
    reservation: ReservationId,
    charged: &[PriceLine],
) -> Result<Folio, BillingError> {
    let folio = turn_on_folio_of(tx, booking).await?;
    let booking = motel_bookings::queries::find(tx, booking.id).await?;
    let posted = queries::postings(tx, &folio).await?;
    let lines = due_lines(&posted, &stays(&booking), reservation, charged)?;
    post(tx, &folio, &lines).await?;
    keep_folio(tx, &booking).await
}
