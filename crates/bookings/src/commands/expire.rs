use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::ReservationId;
use motel_tenancy::Property;

use super::change;
use super::claims::{self, Claim};
use super::occasion::Occasion;
use super::placement;
use crate::model::ReservationRow;
use crate::schema::reservations;
use crate::{
    BookingError, By, Reservation, ReservationChanged, ReservationEventKind, ReservationStatus,
};

/// Ends up to `limit` holds of a property whose time is over, the oldest first: their nights are on sale again. Answers
/// how many it ended.
pub async fn release_expired_holds(
    tx: &mut TenantTx,
    property: &Property,
    now: DateTime<Utc>,
    limit: i64,
) -> Result<usize, BookingError> {
    let over = over(tx, property, now, limit).await?;
    release(tx, property, &over, &[], now).await
}

/// The same for certain holds, as far as they are still as they were seen. Who holds their nights and rows already waits for
/// nobody here.
pub async fn release_holds(
    tx: &mut TenantTx,
    property: &Property,
    holds: &[Reservation],
    now: DateTime<Utc>,
) -> Result<usize, BookingError> {
    release(tx, property, holds, &[], now).await
}

/// Ends the holds that are over and stand in the way of some nights. Answers whether there was one. All nights, those
/// wanted and those of the holds, are locked in one go, so that what follows keeps the order.
pub(super) async fn make_room(
    tx: &mut TenantTx,
    property: &Property,
    wanted: &[Claim],
    now: DateTime<Utc>,
) -> Result<bool, BookingError> {
    const MOST: i64 = 200;
    let mut over = over(tx, property, now, MOST).await?;
    over.retain(|hold| {
        let overlap =
            |(group, dates): &Claim| *group == hold.unit_group && dates.overlaps(hold.dates);
        wanted.iter().any(overlap)
    });
    Ok(release(tx, property, &over, wanted, now).await? > 0)
}

async fn release(
    tx: &mut TenantTx,
    property: &Property,
    seen: &[Reservation],
    also: &[Claim],
    now: DateTime<Utc>,
) -> Result<usize, BookingError> {
    if seen.is_empty() {
        return Ok(0);
    }
    let nights = seen.iter().map(|hold| (hold.unit_group, hold.dates));
    let nights: Vec<Claim> = nights.chain(also.iter().copied()).collect();
    if also.is_empty() {
        claims::lock(tx, &nights).await?;
    } else {
        // What follows may move stays, for which it needs the whole group; a lock is never widened.
        placement::hold_groups(tx, NaiveDate::default(), &nights).await?;
    }
    let by = By::system();
    let occasion = Occasion::of(tx, property, &by, now).await?;
    let mut ended = 0;
    for hold in still_over(tx, seen, now).await? {
        let after = Reservation {
            status: ReservationStatus::Expired,
            ..hold.clone()
        };
        let kind = ReservationEventKind::Expired;
        let effect = change::apply(tx, &occasion, &hold, after, kind).await?;
        motel_jobs::publish(tx, &ReservationChanged::from(&effect.reservation)).await?;
        ended += 1;
    }
    Ok(ended)
}

async fn over(
    tx: &mut TenantTx,
    property: &Property,
    now: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<Reservation>, BookingError> {
    let rows: Vec<ReservationRow> = reservations::table
        .filter(reservations::tenant_id.eq(tx.tenant()))
        .filter(reservations::property_id.eq(property.id))
        .filter(reservations::status.eq(ReservationStatus::Held))
        .filter(reservations::hold_expires_at.le(now))
        .order((reservations::hold_expires_at, reservations::id))
        .limit(limit)
        .select(ReservationRow::as_select())
        .load(tx.conn())
        .await?;
    rows.into_iter()
        .map(ReservationRow::into_reservation)
        .collect()
}

/// Those that nobody confirmed, changed or ended before their nights were locked.
async fn still_over(
    tx: &mut TenantTx,
    seen: &[Reservation],
    now: DateTime<Utc>,
) -> Result<Vec<Reservation>, BookingError> {
    let ids: Vec<ReservationId> = seen.iter().map(|hold| hold.id).collect();
    let rows: Vec<ReservationRow> = reservations::table
        .filter(
            reservations::tenant_id
                .eq(tx.tenant())
                .and(reservations::id.eq_any(ids)),
        )
        .order(reservations::id)
        .select(ReservationRow::as_select())
        .for_no_key_update()
        .load(tx.conn())
        .await?;
    let mut locked = Vec::with_capacity(rows.len());
    for row in rows {
        let hold = row.into_reservation()?;
        let unchanged = seen
            .iter()
            .any(|seen| seen.id == hold.id && seen.version == hold.version);
        if unchanged && hold.hold_is_over(now) {
            locked.push(hold);
        }
    }
    Ok(locked)
}
