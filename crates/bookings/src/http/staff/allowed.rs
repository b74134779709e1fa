use serde::Serialize;
use utoipa::ToSchema;

use super::rooms::Rooms;
use super::view::ReservationView;
use crate::Reservation;
use crate::rules::{AllowedAction, Circumstances, ReservationAction, allowed_actions};

/// A reservation with everything that can be done with it now.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReservationDetailView {
    #[serde(flatten)]
    reservation: ReservationView,
    /// Every action, each with what stands in its way.
    allowed_actions: Vec<AllowedActionView>,
}

/// An action, whether it is possible now, and why not.
#[derive(Debug, Serialize, ToSchema)]
pub struct AllowedActionView {
    /// The last part of its path; `modify` is the `PATCH`.
    #[schema(value_type = String)]
    action: ReservationAction,
    allowed: bool,
    /// The code it would be refused with.
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'static str>,
    /// The same in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

impl ReservationDetailView {
    pub(super) fn new(stay: &Reservation, rooms: &Rooms, at: &Circumstances) -> Self {
        let actions = allowed_actions(stay, at).into_iter();
        Self {
            reservation: ReservationView::new(stay, rooms),
            allowed_actions: actions.map(AllowedActionView::from).collect(),
        }
    }
}

impl From<AllowedAction> for AllowedActionView {
    fn from(allowed: AllowedAction) -> Self {
        Self {
            action: allowed.action,
            allowed: allowed.obstacle.is_none(),
            code: allowed.obstacle.map(|obstacle| obstacle.code()),
            reason: allowed.obstacle.map(|obstacle| obstacle.to_string()),
        }
    }
}
