//! Writing. The caller commits.
//!
//! Lock order: the request's key, the stations in the order of their ids, appointments, the guest, timers.

mod blackouts;
mod book;
mod cancel;
mod confirm;
mod finish;
mod places;
mod put_service;
mod put_station;
mod record;
mod reschedule;
mod timers;

use motel_kernel::Money;

use crate::{Appointment, AppointmentError};

pub use blackouts::{NewBlackout, add_blackout, remove_blackout};
pub use book::{BookRequest, Booked, book};
pub use cancel::cancel;
pub use confirm::confirm;
pub use finish::{complete, mark_no_show};
pub use put_service::{change_service, create_service, put_service};
pub use put_station::{change_station, create_station, put_station};
pub use reschedule::{Change, reschedule};
pub use timers::{Rung, ring_due};

/// What a change came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    /// As it is now.
    pub appointment: Appointment,
    /// What it cost before.
    pub price_before: Money,
    /// What it costs now.
    pub price_after: Money,
    /// What is to be paid more; negative for less.
    pub difference: Money,
    /// What calling off, or not coming, costs.
    pub fee: Money,
}

impl Effect {
    fn of(appointment: Appointment, price_before: Money) -> Result<Self, AppointmentError> {
        let price_after = appointment.price.total;
        Ok(Self {
            price_before,
            price_after,
            difference: price_after.minus(price_before)?,
            fee: appointment
                .fee
                .unwrap_or(Money::zero(price_after.currency())),
            appointment,
        })
    }
}

/// `Err` when somebody changed it since it was read. `None` expects nothing.
fn check_version(expected: Option<i32>, version: i32) -> Result<(), AppointmentError> {
    match expected {
        Some(expected) if expected != version => Err(AppointmentError::Stale(version)),
        _ => Ok(()),
    }
}
