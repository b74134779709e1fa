//! Reading. Nothing here writes.

mod appointments;
mod blackouts;
mod diary;
mod services;
mod stations;

pub use appointments::{
    AppointmentFilter, PageKey, find, find_by_code, find_for_guest, history, list, on_day,
};
pub(crate) use appointments::{by_request, lock};
pub use blackouts::blackouts;
pub(crate) use blackouts::closing;
pub use diary::diary;
pub use services::{service, service_by_code, services};
pub(crate) use stations::{lock_stations, stations_of};
pub use stations::{station, station_by_code, stations};
