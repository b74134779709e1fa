#![doc = include_str!("../README.md")]

pub mod commands;
mod error;
mod events;
mod guest_appointments;
#[cfg(feature = "http")]
pub mod http;
pub mod jobs;
mod model;
pub mod queries;
pub mod rules;
mod schema;

pub use error::{AppointmentError, Refusal};
pub use events::{
    AppointmentBooked, AppointmentCancelled, AppointmentReminderDue, AppointmentRescheduled,
};
pub use guest_appointments::GuestAppointments;
pub use model::{
    AddOn, Appointment, AppointmentEvent, AppointmentPrice, AppointmentStatus, Blackout, Booker,
    Busy, By, CancellationStep, Closed, Day, Destination, DistanceBand, EventKind, FeeRules,
    FeeStep, Hours, InvalidWallTime, LineKind, Place, PostcodeBand, PriceBasis, PriceLine, Put,
    Service, ServiceDetails, Slot, SlotStarts, Station, StationDetails, TaxPart, Terms, Travel,
    WallTime, WantedAddOn, Wishes,
};
