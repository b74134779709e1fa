use chrono::NaiveDate;
use motel_bookings::{Booking, By};
use motel_db::TenantTx;
use motel_kernel::ReservationId;
use motel_rates::PriceLine;

use super::folio::{keep_folio, route};
use super::post::{Occasion, post};
use super::turn::turn_on_folio_of;
use crate::rules::{charge_night as due_lines, stays};
use crate::{BillingError, Folio, queries};

/// Posts what was pending of a stay up to the night that was charged, on the day it was charged on. Told twice, it posts
/// once.
pub async fn charge_night(
    tx: &mut TenantTx,
    booking: &Booking,
    reservation: ReservationId,
    business_date: NaiveDate,
    charged: &[PriceLine],
) -> Result<Folio, BillingError> {
    turn_on_folio_of(tx, booking).await?;
    let booking = motel_bookings::queries::find(tx, booking.id).await?;
    let posted = queries::postings_of_booking(tx, booking.id).await?;
    let lines = due_lines(&posted, &stays(&booking), reservation, charged)?;
    let drafts = route(tx, &booking, &posted, lines).await?;
    let occasion = Occasion::of(&booking, By::system()).on(business_date);
    post(tx, &occasion, drafts).await?;
    keep_folio(tx, &booking).await
}
