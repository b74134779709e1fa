//! The team and who is asked to join it.

pub(super) mod invitations;
pub(super) mod join;
pub(super) mod members;

use motel_kernel::{Actor, StaffId};
use motel_web::Problem;

use super::StaffAccess;

/// Who acts. A program does not lead a team.
fn leader(access: &StaffAccess) -> Result<StaffId, Problem> {
    match access.actor {
        Actor::Staff(id) => Ok(id),
        _ => Err(Problem::forbidden(
            "staff_only",
            "Only somebody who is signed in may do this.",
        )),
    }
}
