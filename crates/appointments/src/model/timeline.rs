use chrono::{DateTime, Utc};
use diesel::prelude::*;
use motel_kernel::Actor;

use crate::schema::appointment_events;

motel_db::text_enum! {
    /// What happened to an appointment.
    pub enum EventKind {
        /// Its place was taken for a while.
        Held = "held",
        /// It was booked at once.
        Booked = "booked",
        /// What was held became booked.
        Confirmed = "confirmed",
        /// Its time, or what is wanted, changed.
        Rescheduled = "rescheduled",
        /// It was called off.
        Cancelled = "cancelled",
        /// It took place.
        Completed = "completed",
        /// The guest did not come.
        NoShow = "no_show",
        /// The hold ran out.
        Expired = "expired",
        /// The guest was reminded.
        Reminded = "reminded",
    }
}

/// One entry in the history of an appointment, which is only ever added to.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = appointment_events, check_for_backend(diesel::pg::Pg))]
pub struct AppointmentEvent {
    /// From 1, without gaps.
    pub seq: i32,
    /// What happened.
    pub kind: EventKind,
    /// On whose word.
    pub actor: Actor,
    /// Why, if they said.
    pub reason: Option<String>,
    /// What it changed: before and after, or what it cost.
    pub change: serde_json::Value,
    /// When.
    pub at: DateTime<Utc>,
}
