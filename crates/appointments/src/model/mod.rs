//! One noun a file.

mod add_on;
mod appointment;
mod blackout;
mod hours;
mod price;
mod put;
mod service;
mod slot;
mod slot_starts;
mod station;
mod terms;
mod timeline;
mod travel;
mod wall_time;

pub use add_on::{AddOn, PriceBasis, WantedAddOn};
pub(crate) use appointment::AppointmentRow;
pub use appointment::{Appointment, AppointmentStatus, Booker, By, Wishes};
pub use blackout::Blackout;
pub use hours::Hours;
pub(crate) use hours::{cover, spans_around};
pub use price::{AppointmentPrice, LineKind, PriceLine, TaxPart};
pub use put::Put;
pub(crate) use service::ServiceRow;
pub use service::{Service, ServiceDetails};
pub use slot::{Busy, Closed, Place, Slot};
pub use slot_starts::SlotStarts;
pub(crate) use station::StationRow;
pub use station::{Station, StationDetails};
pub use terms::{CancellationStep, FeeRules, FeeStep, Terms};
pub use timeline::{AppointmentEvent, EventKind};
pub use travel::{Destination, DistanceBand, PostcodeBand, Travel};
pub(crate) use wall_time::WallSpan;
pub use wall_time::{Day, InvalidWallTime, WallTime};
