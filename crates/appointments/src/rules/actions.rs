use chrono::{DateTime, Utc};

use crate::{Appointment, AppointmentError, AppointmentStatus};

motel_db::text_enum! {
    /// What can be done to an appointment.
    pub enum Action {
        /// Make what is held booked.
        Confirm = "confirm",
        /// Change its time, or what is wanted.
        Reschedule = "reschedule",
        /// Call it off.
        Cancel = "cancel",
        /// Note that it took place.
        Complete = "complete",
        /// Note that the guest did not come.
        NoShow = "no-show",
    }
}

/// Whether an action may be taken now, and if not, why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AllowedAction {
    /// Which.
    pub action: Action,
    /// A sentence; absent when it is allowed.
    pub refusal: Option<&'static str>,
}

/// Every action with whether it may be taken.
pub fn allowed_actions(appointment: &Appointment, now: DateTime<Utc>) -> Vec<AllowedAction> {
    let judged = Action::ALL.iter().map(|action| AllowedAction {
        action: *action,
        refusal: refusal(*action, appointment, now),
    });
    judged.collect()
}

/// `Err` unless the action may be taken now.
pub(crate) fn check(
    action: Action,
    appointment: &Appointment,
    now: DateTime<Utc>,
) -> Result<(), AppointmentError> {
    match refusal(action, appointment, now) {
        None => Ok(()),
        Some(reason) => Err(AppointmentError::NotAllowed {
            status: appointment.status,
            reason,
        }),
    }
}

fn refusal(action: Action, of: &Appointment, now: DateTime<Utc>) -> Option<&'static str> {
    use AppointmentStatus::{Booked, Held};
    let begun = of.starts_at <= now;
    let lapsed = of.hold_expires_at.is_some_and(|expires| expires <= now);
    match (action, of.status) {
        (_, Held) if lapsed => Some("the hold has run out"),
        (Action::Confirm, Held) => begun.then_some("it has begun already"),
        (Action::Confirm, _) => Some("only what is held can be confirmed"),
        (Action::Reschedule | Action::Cancel, Held | Booked) => {
            begun.then_some("it has begun already")
        }
        (Action::Complete | Action::NoShow, Booked) => (!begun).then_some("it has not begun yet"),
        (Action::Complete | Action::NoShow, _) => Some("only what is booked takes place"),
        (Action::Reschedule | Action::Cancel, _) => Some("it is over or was called off"),
    }
}
