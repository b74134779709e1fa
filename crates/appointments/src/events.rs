//! What happened, as others hear of it. A new field must be optional; a field never changes its meaning.

use chrono::{DateTime, Utc};
use motel_jobs::Event;
use motel_kernel::{AppointmentId, BookingCode, Email, Money};
use serde::{Deserialize, Serialize};

use crate::Appointment;

/// An appointment stands and its places are taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppointmentBooked {
    /// Which.
    pub appointment_id: AppointmentId,
    /// Its code.
    pub code: BookingCode,
    /// Who booked.
    pub email: Email,
    /// When it begins.
    pub starts_at: DateTime<Utc>,
    /// What it costs.
    pub total: Money,
}

/// An appointment that stood has another time, or other wishes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppointmentRescheduled {
    /// Which.
    pub appointment_id: AppointmentId,
    /// Its code.
    pub code: BookingCode,
    /// Who booked.
    pub email: Email,
    /// When it would have begun.
    pub was_at: DateTime<Utc>,
    /// When it begins now.
    pub starts_at: DateTime<Utc>,
    /// What it costs now.
    pub total: Money,
}

/// An appointment that stood was called off and its places are free again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppointmentCancelled {
    /// Which.
    pub appointment_id: AppointmentId,
    /// Its code.
    pub code: BookingCode,
    /// Who had booked.
    pub email: Email,
    /// What calling it off costs.
    pub fee: Money,
}

/// The guest is to be reminded now. Told once for each offset of each start.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppointmentReminderDue {
    /// Of which.
    pub appointment_id: AppointmentId,
    /// Its code.
    pub code: BookingCode,
    /// Who booked.
    pub email: Email,
    /// When it begins.
    pub starts_at: DateTime<Utc>,
    /// So many hours before that.
    pub hours_before: u32,
}

impl Event for AppointmentBooked {
    const KIND: &'static str = "appointment.booked";
}

impl Event for AppointmentRescheduled {
    const KIND: &'static str = "appointment.rescheduled";
}

impl Event for AppointmentCancelled {
    const KIND: &'static str = "appointment.cancelled";
}

impl Event for AppointmentReminderDue {
    const KIND: &'static str = "appointment.reminder_due";
}

impl From<&Appointment> for AppointmentBooked {
    fn from(of: &Appointment) -> Self {
        Self {
            appointment_id: of.id,
            code: of.code.clone(),
            email: of.booker.email.clone(),
            starts_at: of.starts_at,
            total: of.price.total,
        }
    }
}
