//! What happened, as others hear of it. A new field must be optional; a field never changes its meaning.

use chrono::NaiveDate;
use motel_jobs::Event;
use motel_kernel::{BookingCode, BookingId, Email, Money, ReservationId, StayDates, UnitId};
use motel_rates::PriceLine;
use serde::{Deserialize, Serialize};

use crate::{Booking, Reservation};

/// A booking stands and its nights are taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookingConfirmed {
    /// Which.
    pub booking_id: BookingId,
    /// Its code.
    pub code: BookingCode,
    /// Who booked.
    pub email: Email,
    /// The nights of its first reservation.
    pub stay: StayDates,
    /// What it costs.
    pub total: Money,
}

/// A booking was taken back, all of it, and its nights are free again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookingCancelled {
    /// Which.
    pub booking_id: BookingId,
    /// Its code.
    pub code: BookingCode,
    /// Who had booked.
    pub email: Email,
    /// What cancelling costs.
    pub fee: Money,
}

/// Declares events of one reservation: each knows the booking and the reservation, and what else stands in the braces.
macro_rules! reservation_events {
    ($($(#[$doc:meta])* $name:ident = $kind:literal { $($(#[$field_doc:meta])* $field:ident: $type:ty = $from:expr),* $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        pub struct $name {
            /// Of which booking.
            pub booking_id: BookingId,
            /// Which.
            pub reservation_id: ReservationId,
            $($(#[$field_doc])* pub $field: $type,)*
        }

        impl Event for $name {
            const KIND: &'static str = $kind;
        }

        impl From<&Reservation> for $name {
            fn from(stay: &Reservation) -> Self {
                Self {
                    booking_id: stay.booking,
                    reservation_id: stay.id,
                    $($field: $from(stay),)*
                }
            }
        }
    )+};
}

reservation_events! {
    /// Dates, group, plan, party, price or unit wish changed, or it was added, split or undone: look again.
    ReservationChanged = "reservation.changed" {
        /// What it costs now.
        total: Money = Reservation::total,
    }
    /// It was taken back and its nights are free again.
    ReservationCancelled = "reservation.cancelled" {
        /// What cancelling costs.
        fee: Money = fee,
    }
    /// The guest came.
    ReservationCheckedIn = "reservation.checked_in" {
        /// The unit.
        unit: Option<UnitId> = |stay: &Reservation| stay.unit,
    }
    /// The guest left.
    ReservationCheckedOut = "reservation.checked_out" {
        /// The unit that was left.
        unit: Option<UnitId> = |stay: &Reservation| stay.unit,
    }
    /// Nobody came, and its nights are free again.
    ReservationNoShow = "reservation.no_show" {
        /// What not coming costs.
        fee: Money = fee,
    }
    /// It stands again.
    ReservationReinstated = "reservation.reinstated" {
        /// What it costs.
        total: Money = Reservation::total,
    }
    /// It has another unit.
    ReservationMoved = "reservation.moved" {
        /// The unit it has now.
        unit: Option<UnitId> = |stay: &Reservation| stay.unit,
    }
}

/// A night was slept and is to be charged. Published by the night audit, once for each reservation and night; heard by
/// the folio.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReservationNightCharged {
    /// Of which booking.
    pub booking_id: BookingId,
    /// Which.
    pub reservation_id: ReservationId,
    /// The night.
    pub night: NaiveDate,
    /// The day it is charged on.
    pub business_date: NaiveDate,
    /// What is charged: the lines of the price that are dated on the night.
    pub lines: Vec<PriceLine>,
}

impl Event for ReservationNightCharged {
    const KIND: &'static str = "reservation.night_charged";
}

impl Event for BookingConfirmed {
    const KIND: &'static str = "booking.confirmed";
}

impl Event for BookingCancelled {
    const KIND: &'static str = "booking.cancelled";
}

impl From<&Booking> for BookingConfirmed {
    fn from(booking: &Booking) -> Self {
        Self {
            booking_id: booking.id,
            code: booking.code.clone(),
            email: booking.booker.email.clone(),
            stay: booking.first().dates,
            total: booking.total(),
        }
    }
}

fn fee(stay: &Reservation) -> Money {
    let nothing = Money::zero(stay.total().currency());
    stay.cancellation.map_or(nothing, |ended| ended.fee)
}
