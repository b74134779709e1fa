use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_inventory::packing::Placement;
use motel_kernel::{ReservationId, UnitId};

use super::sheet::Sheet;
use crate::commands::occasion::Occasion;
use crate::commands::record;
use crate::schema::reservations;
use crate::{BookingError, By, Reservation, ReservationEventKind, ReservationMoved};

/// Stays that have left their units and are about to enter others.
///
/// All leave before the first one enters, since two may change places; in between, whoever they make room for can enter.
#[must_use = "stays that left their units have to arrive in others"]
pub(crate) struct Moving(Vec<(Reservation, UnitId)>);

impl Moving {
    /// Lets the stays leave that a packing moves, as far as they stand on the sheet. `aside` leaves its unit as well,
    /// and is not among those that arrive: it is about to be written anew. The rows are locked first, in the order of
    /// their ids, and have to be as they were read.
    ///
    /// # Errors
    /// [`BookingError::Stale`] when one was changed since: its guest came, say.
    pub(super) async fn leave(
        tx: &mut TenantTx,
        sheet: &Sheet,
        placements: &[Placement],
        except: Option<ReservationId>,
        aside: Option<ReservationId>,
    ) -> Result<Self, BookingError> {
        let moved = placements.iter().filter_map(|placed| {
            let id = ReservationId::from(placed.key);
            let stay = sheet.stay(id).filter(|_| Some(id) != except)?;
            Some((stay.clone(), placed.to))
        });
        let mut moved: Vec<(Reservation, UnitId)> = moved.collect();
        moved.sort_by_key(|(stay, _)| stay.id);
        let mut leaving: Vec<ReservationId> = moved.iter().map(|(stay, _)| stay.id).collect();
        leaving.extend(aside);
        if !leaving.is_empty() {
            leave(tx, &leaving, &moved).await?;
        }
        Ok(Self(moved))
    }

    /// Lets them enter, and tells of it: in their history, and to others.
    pub(crate) async fn arrive(
        self,
        tx: &mut TenantTx,
        occasion: &Occasion<'_>,
    ) -> Result<(), BookingError> {
        let by = By::system().because("moved to make room");
        let occasion = Occasion {
            by: &by,
            ..*occasion
        };
        for (stay, unit) in self.0 {
            enter(tx, &occasion, &stay, unit).await?;
        }
        Ok(())
    }
}

async fn leave(
    tx: &mut TenantTx,
    leaving: &[ReservationId],
    moved: &[(Reservation, UnitId)],
) -> Result<(), BookingError> {
    let rows = reservations::table
        .filter(reservations::tenant_id.eq(tx.tenant()))
        .filter(reservations::id.eq_any(leaving));
    let locked: Vec<(ReservationId, i32)> = rows
        .clone()
        .order(reservations::id)
        .select((reservations::id, reservations::version))
        .for_no_key_update()
        .load(tx.conn())
        .await?;
    let unchanged = |(stay, _): &(Reservation, UnitId)| locked.contains(&(stay.id, stay.version));
    if !moved.iter().all(unchanged) {
        return Err(BookingError::Stale);
    }
    diesel::update(rows)
        .set(reservations::unit_id.eq(None::<UnitId>))
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// The booking is not touched: where its stays sleep is no change of what was booked, and one transaction may wait for
/// a booking while it holds a reservation, so that none that holds a booking may wait for a reservation.
async fn enter(
    tx: &mut TenantTx,
    occasion: &Occasion<'_>,
    before: &Reservation,
    unit: UnitId,
) -> Result<(), BookingError> {
    let after = Reservation {
        unit: Some(unit),
        version: before.version + 1,
        updated_at: occasion.now,
        ..before.clone()
    };
    diesel::update(reservations::table.find((tx.tenant(), before.id)))
        .set((
            reservations::unit_id.eq(unit),
            reservations::version.eq(after.version),
            reservations::updated_at.eq(after.updated_at),
        ))
        .execute(tx.conn())
        .await?;
    let kind = match before.unit {
        Some(_) => ReservationEventKind::UnitMoved,
        None => ReservationEventKind::UnitAssigned,
    };
    record::note(tx, occasion, Some(before), &after, kind).await?;
    motel_jobs::publish(tx, &ReservationMoved::from(&after)).await?;
    Ok(())
}
