//! Who works for a business: inviting, joining, changing and leaving.

mod accept;
mod erase;
mod export;
mod hand_over;
mod invite;
mod keeper;
mod lead;
mod list;
mod members;
mod model;
mod presence;
mod reach;
mod refusal;
mod taken;
mod traces;

pub use accept::{InvitationLook, accept_invitation, look_at_invitation};
pub use erase::erase_member;
pub use export::export_member;
pub use hand_over::hand_over;
pub use invite::{invite, resend_invitation, withdraw_invitation};
pub use keeper::{MemberFault, MemberKeeper, MemberKeepers, Traces};
pub use list::{invitations, members, unanswered_invitations};
pub(crate) use members::locked_owners as hold_owners;
pub use members::{MemberChange, change_member};
pub use model::{Invitation, InvitationId, InvitationState, NewInvitation, NewMember};
pub use presence::{Presence, PresenceState, Presences, presences};
pub use reach::{Reaches, limit_member, reaches};
pub use refusal::TeamRefusal;
pub use taken::is_taken_elsewhere;
