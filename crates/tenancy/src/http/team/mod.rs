//! The team and who is asked to join it.

pub(super) mod hand_over;
pub(super) mod invitations;
pub(super) mod join;
pub(super) mod members;
pub(super) mod personal;
pub(super) mod reach;
