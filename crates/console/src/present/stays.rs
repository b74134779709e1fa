use motel_bookings::Reservation;
use motel_bookings::rules::{Circumstances, Obstacle, ReservationAction, after, check};
use motel_kernel::Money;
use motel_web::words;

use super::{Rooms, status};
use crate::view::{StayAction, StayCard};

/// What the desk does with a stay, and what its buttons say.
const ACTIONS: [(ReservationAction, &str); 4] = [
    (ReservationAction::CheckIn, "Check in"),
    (ReservationAction::CheckOut, "Check out"),
    (ReservationAction::NoShow, "Nobody came"),
    (ReservationAction::Undo, "Take the last step back"),
];

/// A reservation with what the desk can do with it. `owed` is what its guests would have to settle before they leave:
/// nothing while others of their booking stay.
pub(crate) fn stay_card(
    stay: &Reservation,
    at: &Circumstances,
    owed: Money,
    rooms: &Rooms,
) -> StayCard {
    let (status, tone) = status(stay.status);
    StayCard {
        id: stay.id.to_string(),
        room: rooms.name(stay),
        dates: words::range(stay.dates),
        party: words::party(stay.party),
        status,
        tone,
        version: stay.version,
        actions: ACTIONS
            .iter()
            .filter(|(action, _)| is_worth_a_button(*action, stay, at))
            .map(|(action, label)| button(*action, label, stay, at, owed))
            .collect(),
    }
}

/// Whether the action leads anywhere. That nobody came, and an undoing, are offered only when they are possible.
fn is_worth_a_button(action: ReservationAction, stay: &Reservation, at: &Circumstances) -> bool {
    match action {
        ReservationAction::NoShow | ReservationAction::Undo => check(action, stay, at).is_ok(),
        _ => after(action, stay.status).is_some(),
    }
}

fn button(
    action: ReservationAction,
    label: &'static str,
    stay: &Reservation,
    at: &Circumstances,
    owed: Money,
) -> StayAction {
    let owes = action == ReservationAction::CheckOut && !owed.is_zero();
    let obstacle = check(action, stay, at).err();
    let obstacle = obstacle.or(owes.then_some(Obstacle::Owes(owed)));
    StayAction {
        path: action.as_str(),
        label,
        can_force: matches!(obstacle, Some(Obstacle::NotReady | Obstacle::Owes(_))),
        obstacle: obstacle.map(|it| it.to_string()),
    }
}
