use chrono::{DateTime, Utc};
use diesel::dsl::max;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::BookingId;
use motel_tenancy::Property;

use super::make;
use super::occasion::Occasion;
use super::record;
use super::reserve::priced;
use crate::rules::Obstacle;
use crate::schema::{bookings, reservations};
use crate::{
    BookingError, By, Effect, ReservationChanged, ReservationEventKind, StayRequest, queries,
};

/// Adds a stay to a booking that stands, at today's price. `expected` is the version of the booking that was seen.
///
/// # Errors
/// [`BookingError::SoldOut`] and [`BookingError::NotOffered`]; [`BookingError::NotAllowed`] when nothing of the booking
/// stands any more.
pub async fn add_reservation(
    tx: &mut TenantTx,
    property: &Property,
    booking: BookingId,
    expected: Option<i32>,
    wanted: &StayRequest,
    by: &By,
    now: DateTime<Utc>,
) -> Result<Effect, BookingError> {
    let occasion = Occasion::of(tx, property, by, now).await?;
    let seen = queries::find(tx, booking).await?;
    if expected.is_some_and(|expected| expected != seen.version) {
        return Err(BookingError::Stale);
    }
    let status = seen.status();
    if !status.takes_nights() {
        return Err(Obstacle::Status(status).into());
    }
    let mut quoted = priced(tx, property, std::slice::from_ref(wanted), now).await?;
    let Some(quoted) = quoted.pop() else {
        return Err(BookingError::fault("a stay without a price"));
    };
    super::claims::take(tx, vec![(quoted.unit_group, quoted.request.dates)]).await?;
    let ordinal = next_ordinal(tx, booking).await?;
    let stay = make::reservation(&occasion, booking, ordinal, quoted, None);
    let kind = ReservationEventKind::Added;
    let stay = make::write(tx, &occasion, stay, kind).await?;
    record::touch_booking(tx, &occasion, booking).await?;
    let now_at = queries::find(tx, booking).await?.version;
    if expected.is_some_and(|expected| now_at != expected + 1) {
        return Err(BookingError::Stale);
    }
    motel_jobs::publish(tx, &ReservationChanged::from(&stay)).await?;
    Ok(Effect::between(None, stay, occasion.today))
}

/// The next place in a booking, which is held until the transaction ends.
pub(super) async fn next_ordinal(
    tx: &mut TenantTx,
    booking: BookingId,
) -> Result<u16, BookingError> {
    let _: BookingId = bookings::table
        .find((tx.tenant(), booking))
        .select(bookings::id)
        .for_no_key_update()
        .first(tx.conn())
        .await?;
    let last: Option<i16> = reservations::table
        .filter(
            reservations::tenant_id
                .eq(tx.tenant())
                .and(reservations::booking_id.eq(booking)),
        )
        .select(max(reservations::ordinal))
        .first(tx.conn())
        .await?;
    u16::try_from(last.unwrap_or(0) + 1).map_err(BookingError::fault)
}
