//! What bookings do when a guest is merged, exported or erased.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_guests::{InTheWay, Keeper, KeeperFault, Person, StandIn};
use motel_kernel::{BookingId, GuestId, Phone};
use serde_json::{Value, json};

use crate::schema::{bookings, reservations};
use crate::{Booking, Reservation, ReservationStatus, queries};

/// Bookings follow a guest who is merged. A guest with a stay to come, or in the house, is not erased; of one who is,
/// bookings forget who booked and keep all the rest.
#[derive(Debug, Clone, Copy)]
pub struct GuestBookings;

/// Whose guest somebody still has to know.
const EXPECTING: [ReservationStatus; 3] = [
    ReservationStatus::Held,
    ReservationStatus::Confirmed,
    ReservationStatus::InHouse,
];

#[async_trait]
impl Keeper for GuestBookings {
    fn name(&self) -> &'static str {
        "bookings"
    }

    async fn in_the_way(
        &self,
        tx: &mut TenantTx,
        person: &Person,
    ) -> Result<Option<InTheWay>, KeeperFault> {
        // Held, so that a stay that is reinstated at the same moment is seen, or waits.
        let theirs: Vec<BookingId> = bookings::table
            .filter(bookings::tenant_id.eq(tx.tenant()))
            .filter(bookings::guest_id.eq_any(&person.ids))
            .order(bookings::id)
            .select(bookings::id)
            .for_no_key_update()
            .load(tx.conn())
            .await?;
        let expected: Option<ReservationStatus> = reservations::table
            .filter(reservations::tenant_id.eq(tx.tenant()))
            .filter(reservations::booking_id.eq_any(theirs))
            .filter(reservations::status.eq_any(EXPECTING))
            .select(reservations::status)
            .first(tx.conn())
            .await
            .optional()?;
        Ok(expected.map(|status| InTheWay {
            code: "guest_expected",
            reason: match status {
                ReservationStatus::InHouse => "This guest is in the house".to_owned(),
                _ => "This guest has a stay to come".to_owned(),
            },
        }))
    }

    async fn follow(
        &self,
        tx: &mut TenantTx,
        merged: GuestId,
        survivor: GuestId,
        now: DateTime<Utc>,
    ) -> Result<(), KeeperFault> {
        diesel::update(bookings::table.filter(bookings::tenant_id.eq(tx.tenant())))
            .filter(bookings::guest_id.eq(merged))
            .set((
                bookings::guest_id.eq(survivor),
                bookings::updated_at.eq(now),
                bookings::version.eq(bookings::version + 1),
            ))
            .execute(tx.conn())
            .await?;
        Ok(())
    }

    async fn kept(&self, tx: &mut TenantTx, person: &Person) -> Result<Value, KeeperFault> {
        let all = queries::bookings_of(tx, &person.ids).await?;
        Ok(all.iter().map(shown).collect())
    }

    async fn forget(
        &self,
        tx: &mut TenantTx,
        person: &Person,
        stand_in: &StandIn,
        now: DateTime<Utc>,
    ) -> Result<(), KeeperFault> {
        diesel::update(bookings::table.filter(bookings::tenant_id.eq(tx.tenant())))
            .filter(bookings::guest_id.eq_any(&person.ids))
            .set((
                bookings::booker_name.eq(&stand_in.name),
                bookings::booker_email.eq(&stand_in.email),
                bookings::booker_phone.eq(None::<Phone>),
                bookings::updated_at.eq(now),
                bookings::version.eq(bookings::version + 1),
            ))
            .execute(tx.conn())
            .await?;
        Ok(())
    }
}

fn shown(booking: &Booking) -> Value {
    let booker = &booking.booker;
    let stays: Vec<Value> = booking.reservations.iter().map(stay).collect();
    json!({
        "id": booking.id,
        "code": booking.code,
        "source": booking.source,
        "created_at": booking.created_at,
        "name": booker.name,
        "email": booker.email,
        "phone": booker.phone,
        "stays": stays,
    })
}

fn stay(stay: &Reservation) -> Value {
    let total = stay.total();
    json!({
        "id": stay.id,
        "status": stay.status,
        "arrival": stay.dates.arrival(),
        "departure": stay.dates.departure(),
        "party": stay.party,
        "child_ages": stay.child_ages,
        "total_minor": total.minor(),
        "currency": total.currency().code(),
        "checked_in_at": stay.checked_in_at,
        "checked_out_at": stay.checked_out_at,
    })
}
