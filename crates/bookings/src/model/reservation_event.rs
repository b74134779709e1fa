use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use motel_kernel::{
    Actor, BookingId, Money, Party, ReservationId, StayDates, TenantId, UnitGroupId, UnitId,
};
use serde::{Deserialize, Serialize};

use crate::schema::reservation_events;
use crate::{BookingError, Reservation, ReservationStatus};

motel_db::text_enum! {
    /// What happened to a reservation.
    pub enum ReservationEventKind {
        /// It was sold.
        Booked = "booked",
        /// It was taken off sale until the hold ends.
        Held = "held",
        /// It was added to a booking that stood already.
        Added = "added",
        /// The hold became a sale.
        Confirmed = "confirmed",
        /// Dates, group, plan or party changed.
        Modified = "modified",
        /// It ends later.
        Extended = "extended",
        /// It ends earlier.
        Shortened = "shortened",
        /// It was parted in two.
        Split = "split",
        /// It was given a unit.
        UnitAssigned = "unit_assigned",
        /// It was given another unit.
        UnitMoved = "unit_moved",
        /// Its unit was fixed.
        Pinned = "pinned",
        /// Its unit may change again.
        Unpinned = "unpinned",
        /// The guest came.
        CheckedIn = "checked_in",
        /// The guest left.
        CheckedOut = "checked_out",
        /// It was taken back.
        Cancelled = "cancelled",
        /// Nobody came.
        NoShow = "no_show",
        /// The hold ended.
        Expired = "expired",
        /// It stands again.
        Reinstated = "reinstated",
        /// The last thing that happened was taken back.
        Undone = "undone",
    }
}

/// One entry of a reservation's history, which nobody changes. Number n brought the reservation to version n.
#[derive(Debug, Clone, PartialEq)]
pub struct ReservationEvent {
    /// Which reservation.
    pub reservation: ReservationId,
    /// Its place in the history, from 1 on.
    pub seq: i32,
    /// Of which booking.
    pub booking: BookingId,
    /// What happened.
    pub kind: ReservationEventKind,
    /// On whose word.
    pub actor: Actor,
    /// Why, if they said.
    pub reason: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
    /// The day the property was working on.
    pub business_date: NaiveDate,
    /// How the reservation looked before and after.
    pub change: Change,
}

/// What a change did. Of events from before histories were kept, both sides are empty.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// Before; none for the first event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Snapshot>,
    /// After.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Snapshot>,
}

/// What of a reservation may change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields are those of Reservation")]
pub struct Snapshot {
    pub status: ReservationStatus,
    pub unit_group: UnitGroupId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    pub pinned: bool,
    pub dates: StayDates,
    pub party: Party,
    pub rate_plan: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub package: Option<String>,
    pub total: Money,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fee: Option<Money>,
}

impl From<&Reservation> for Snapshot {
    fn from(stay: &Reservation) -> Self {
        Self {
            status: stay.status,
            unit_group: stay.unit_group,
            unit: stay.unit,
            pinned: stay.pinned,
            dates: stay.dates,
            party: stay.party,
            rate_plan: stay.rate_plan.clone(),
            package: stay.package_code().map(str::to_owned),
            total: stay.total(),
            fee: stay.cancellation.map(|ended| ended.fee),
        }
    }
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = reservation_events)]
pub(crate) struct ReservationEventRow {
    pub(crate) tenant_id: TenantId,
    pub(crate) reservation_id: ReservationId,
    pub(crate) seq: i32,
    pub(crate) booking_id: BookingId,
    pub(crate) kind: ReservationEventKind,
    pub(crate) actor: Actor,
    pub(crate) reason: Option<String>,
    pub(crate) at: DateTime<Utc>,
    pub(crate) business_date: NaiveDate,
    pub(crate) change: serde_json::Value,
}

impl ReservationEventRow {
    pub(crate) fn into_event(self) -> Result<ReservationEvent, BookingError> {
        Ok(ReservationEvent {
            reservation: self.reservation_id,
            seq: self.seq,
            booking: self.booking_id,
            kind: self.kind,
            actor: self.actor,
            reason: self.reason,
            at: self.at,
            business_date: self.business_date,
            change: serde_json::from_value(self.change).map_err(BookingError::fault)?,
        })
    }
}
