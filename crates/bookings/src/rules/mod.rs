//! Pure rules: what may be done with a reservation, and what stands in the way.

mod allowed;
mod obstacle;

pub use allowed::{
    AllowedAction, Circumstances, LastEvent, ReservationAction, UnitState, after, allowed_actions,
    check, ready,
};
pub use obstacle::Obstacle;
