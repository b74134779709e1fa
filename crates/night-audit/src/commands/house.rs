use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, Days, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_bookings::{Booking, Reservation, ReservationStatus};
use motel_db::TenantTx;
use motel_inventory::commands::LockedNights;
use motel_kernel::{BookingId, ReservationId, UnitGroupId};
use motel_tenancy::Property;

use crate::NightAuditError;
use crate::schema::reservations;

/// Who is in the house and who is expected, when a day is closed. None of it changes until the transaction ends.
pub(super) struct House {
    bookings: HashMap<BookingId, Booking>,
    /// Those in the house, those who left after the night, those confirmed that were to come by the next day, and
    /// holds that were over.
    stays: Vec<Reservation>,
    /// Those whose nights may be given back, and are locked.
    releasable: Vec<Claim>,
}

/// A stay whose nights may be given back, and those nights.
#[derive(PartialEq, Eq, Queryable)]
struct Claim {
    reservation: ReservationId,
    group: UnitGroupId,
    arrival: NaiveDate,
    departure: NaiveDate,
}

impl House {
    /// Locks as everybody does: first the counters of all nights that may be given back, by group and night, then the
    /// reservations by id. What is read is read after that.
    pub(super) async fn lock(
        tx: &mut TenantTx,
        property: &Property,
        day: NaiveDate,
        now: DateTime<Utc>,
    ) -> Result<Self, NightAuditError> {
        let claims = claims(tx, property, day, now).await?;
        lock_counters(tx, &claims).await?;
        let locked = lock_reservations(tx, property, day, &claims).await?;
        let ids: BTreeSet<BookingId> = locked.iter().map(|(_, booking)| *booking).collect();
        let mut bookings = HashMap::new();
        for id in ids {
            bookings.insert(id, motel_bookings::queries::find(tx, id).await?);
        }
        let stays = bookings.values().flat_map(|booking| &booking.reservations);
        let locked: HashMap<ReservationId, BookingId> = locked.into_iter().collect();
        let mut stays: Vec<Reservation> = stays
            .filter(|stay| locked.contains_key(&stay.id))
            .cloned()
            .collect();
        stays.sort_by_key(|stay| stay.id);
        Ok(Self {
            bookings,
            stays,
            releasable: claims,
        })
    }

    /// Those in the house.
    pub(super) fn in_house(&self) -> impl Iterator<Item = &Reservation> {
        let stays = self.stays.iter();
        stays.filter(|stay| stay.status == ReservationStatus::InHouse)
    }

    /// Those who are or were in the house on the night of `day`, also if they have left since.
    pub(super) fn slept(&self, day: NaiveDate) -> impl Iterator<Item = &Reservation> {
        let here = [ReservationStatus::InHouse, ReservationStatus::CheckedOut];
        let stays = self
            .stays
            .iter()
            .filter(move |stay| here.contains(&stay.status));
        stays.filter(move |stay| stay.dates.arrival() <= day && day < stay.dates.departure())
    }

    /// Those in the house, and those who left after the night of `day`.
    pub(super) fn guests(&self, day: NaiveDate) -> impl Iterator<Item = &Reservation> {
        let left = self
            .slept(day)
            .filter(|stay| stay.status != ReservationStatus::InHouse);
        self.in_house().chain(left)
    }

    /// Those still expected.
    pub(super) fn expected(&self) -> impl Iterator<Item = &Reservation> {
        let stays = self.stays.iter();
        stays.filter(|stay| stay.status == ReservationStatus::Confirmed)
    }

    /// Those who should have come on `day` or before, and did not.
    pub(super) fn no_shows(&self, day: NaiveDate) -> impl Iterator<Item = &Reservation> {
        self.expected().filter(move |stay| {
            let due = stay.dates.arrival() <= day && stay.dates.departure() > day;
            due && self.may_release(stay)
        })
    }

    /// The holds whose nights are locked and whose time is over. One that came later has to wait for its own turn: its
    /// nights cannot be locked any more.
    pub(super) fn holds_over(&self, now: DateTime<Utc>) -> Vec<Reservation> {
        let stays = self.stays.iter();
        let over = stays.filter(|stay| stay.hold_is_over(now) && self.may_release(stay));
        over.cloned().collect()
    }

    /// Whether the nights of a stay are locked: as long as they are those it had when it was looked for.
    fn may_release(&self, stay: &Reservation) -> bool {
        self.releasable.contains(&Claim {
            reservation: stay.id,
            group: stay.unit_group,
            arrival: stay.dates.arrival(),
            departure: stay.dates.departure(),
        })
    }

    /// The booking of a stay.
    pub(super) fn booking(&self, stay: &Reservation) -> Result<&Booking, NightAuditError> {
        let found = self.bookings.get(&stay.booking);
        found.ok_or(NightAuditError::NotFound)
    }
}

async fn claims(
    tx: &mut TenantTx,
    property: &Property,
    day: NaiveDate,
    now: DateTime<Utc>,
) -> Result<Vec<Claim>, NightAuditError> {
    let late = reservations::status
        .eq(ReservationStatus::Confirmed)
        .and(reservations::arrival.le(day))
        .and(reservations::departure.gt(day));
    let over = reservations::status
        .eq(ReservationStatus::Held)
        .and(reservations::hold_expires_at.assume_not_null().le(now));
    Ok(reservations::table
        .filter(reservations::tenant_id.eq(tx.tenant()))
        .filter(reservations::property_id.eq(property.id))
        .filter(late.or(over))
        .select((
            reservations::id,
            reservations::unit_group_id,
            reservations::arrival,
            reservations::departure,
        ))
        .load(tx.conn())
        .await?)
}

async fn lock_counters(tx: &mut TenantTx, claims: &[Claim]) -> Result<(), NightAuditError> {
    let mut nights: BTreeMap<UnitGroupId, (NaiveDate, NaiveDate)> = BTreeMap::new();
    for claim in claims {
        let range = nights
            .entry(claim.group)
            .or_insert((claim.arrival, claim.departure));
        *range = (range.0.min(claim.arrival), range.1.max(claim.departure));
    }
    for (group, (from, until)) in nights {
        LockedNights::lock(tx, group, from, until).await?;
    }
    Ok(())
}

async fn lock_reservations(
    tx: &mut TenantTx,
    property: &Property,
    day: NaiveDate,
    claims: &[Claim],
) -> Result<Vec<(ReservationId, BookingId)>, NightAuditError> {
    let releasable = claims.iter().map(|claim| claim.reservation);
    let releasable: Vec<ReservationId> = releasable.collect();
    let arriving = reservations::status
        .eq(ReservationStatus::Confirmed)
        .and(reservations::arrival.le(day + Days::new(1)));
    let in_house = reservations::status.eq(ReservationStatus::InHouse);
    let left = reservations::status
        .eq(ReservationStatus::CheckedOut)
        .and(reservations::arrival.le(day))
        .and(reservations::departure.gt(day));
    Ok(reservations::table
        .filter(reservations::tenant_id.eq(tx.tenant()))
        .filter(reservations::property_id.eq(property.id))
        .filter(
            arriving
                .or(in_house)
                .or(left)
                .or(reservations::id.eq_any(releasable)),
        )
        .order(reservations::id)
        .select((reservations::id, reservations::booking_id))
        .for_no_key_update()
        .load(tx.conn())
        .await?)
}
