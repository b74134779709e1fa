use askama::Template;

use super::{Head, Notice};

/// Who works here, and who is asked to.
#[derive(Debug, Template)]
#[template(path = "team.html")]
pub struct TeamPage {
    /// The bar at the top.
    pub head: Head,
    /// What was just done.
    pub notice: Option<Notice>,
    /// Why an invitation was refused.
    pub error: Option<String>,
    /// What was typed as an address before.
    pub email: String,
    /// Who came first first.
    pub members: Vec<MemberRow>,
    /// The newest first.
    pub invitations: Vec<InvitationRow>,
    /// To whom the business can be handed over, id and name; nobody where who looks is no owner.
    pub heirs: Vec<(String, String)>,
    /// What somebody can be there for: the word and its name.
    pub roles: Vec<RoleOption>,
    /// Whether everybody must have a second factor.
    pub factor_required: bool,
    /// Whether who looks may change that.
    pub is_owner: bool,
}

/// Something a member can be there for.
#[derive(Clone, Debug)]
pub struct RoleOption {
    /// `front_desk`, or the id of a role of the business's own.
    pub word: String,
    /// "Front desk".
    pub name: String,
}

/// A property that a member can be limited to.
#[derive(Clone, Debug)]
pub struct PropertyOption {
    /// Its id.
    pub id: String,
    /// What guests call it.
    pub name: String,
    /// Whether they are.
    pub theirs: bool,
}

/// Whether somebody is there.
#[derive(Clone, Debug)]
pub struct PresenceBadge {
    /// `good` for who is there, else nothing.
    pub tone: &'static str,
    /// "Online".
    pub text: &'static str,
    /// "Last seen Dec 1, 10:04", where that says more.
    pub seen: Option<String>,
}

/// A member of the team.
#[derive(Clone, Debug)]
pub struct MemberRow {
    /// Their id.
    pub id: String,
    /// What they are called.
    pub name: String,
    /// What they sign in with.
    pub email: String,
    /// What they are there for.
    pub role: RoleOption,
    /// For which properties they work; nothing where the business has no more than one.
    pub properties: Vec<PropertyOption>,
    /// Whether they are limited to some of them.
    pub limited: bool,
    /// Whether they may sign in.
    pub active: bool,
    /// Whether they show a second factor when they sign in.
    pub second_factor: bool,
    /// Whether it is who looks.
    pub is_you: bool,
    /// Whether they are there.
    pub presence: PresenceBadge,
}

/// Somebody who was asked to join and has not.
#[derive(Clone, Debug)]
pub struct InvitationRow {
    /// Its id.
    pub id: String,
    /// Where it went.
    pub email: String,
    /// What they will be there for.
    pub role: String,
    /// "sent Dec 1, open until Dec 8".
    pub state: String,
}
