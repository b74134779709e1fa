//! What happened, as others hear of it. A new field must be optional; a field never changes its meaning.

use motel_jobs::Event;
use motel_kernel::{BookingCode, BookingId, Email, Money, StayDates};
use serde::{Deserialize, Serialize};

use crate::Booking;

/// A booking stands and its nights are taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookingConfirmed {
    /// Which.
    pub booking_id: BookingId,
    /// Its code.
    pub code: BookingCode,
    /// Who booked.
    pub email: Email,
    /// The nights.
    pub stay: StayDates,
    /// What it costs.
    pub total: Money,
}

/// A booking was taken back and its nights are free again.
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
            stay: booking.stay.dates,
            total: booking.total(),
        }
    }
}
