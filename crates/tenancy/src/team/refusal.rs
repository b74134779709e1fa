/// Why something about a team was not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TeamRefusal {
    /// An owner leads everybody, others who look after the team those who may do less than themselves, and nobody else anybody.
    #[error("your role does not allow this")]
    BeyondRole,
    /// The address signs in to this business already.
    #[error("somebody of your team signs in with this address already")]
    AlreadyMember,
    /// An invitation to the address is open.
    #[error("this address is invited already; send the invitation again or withdraw it")]
    AlreadyInvited,
    /// Fifty invitations are open.
    #[error("fifty invitations are open; withdraw one first")]
    TooManyInvitations,
    /// It was accepted or withdrawn.
    #[error("this invitation was accepted or withdrawn")]
    InvitationOver,
    /// One's own second factor, which takes password and code to turn off.
    #[error("your own second factor is turned off in your account")]
    OwnAccount,
    /// Nobody would be left who may do everything.
    #[error("the last owner stays an owner and stays active")]
    LastOwner,
    /// An owner works for the whole business.
    #[error("an owner works for the whole business")]
    OwnerUnlimited,
    /// Another role of the business is called so.
    #[error("another of your roles has this name")]
    RoleNameTaken,
    /// Fifty roles are there.
    #[error("you have fifty roles; remove one first")]
    TooManyRoles,
    /// Somebody has the role, or is asked to join in it.
    #[error("somebody has this role; say which one they get instead")]
    RoleInUse,
    /// The role has another version by now.
    #[error("this role was changed in the meantime; look again and decide anew")]
    RoleChanged,
}

impl TeamRefusal {
    /// A stable word for programs.
    pub fn code(self) -> &'static str {
        match self {
            Self::BeyondRole => "beyond_role",
            Self::AlreadyMember => "already_member",
            Self::AlreadyInvited => "already_invited",
            Self::TooManyInvitations => "too_many_invitations",
            Self::InvitationOver => "invitation_over",
            Self::OwnAccount => "own_account",
            Self::LastOwner => "last_owner",
            Self::OwnerUnlimited => "owner_unlimited",
            Self::RoleNameTaken => "role_name_taken",
            Self::TooManyRoles => "too_many_roles",
            Self::RoleInUse => "role_in_use",
            Self::RoleChanged => "version_mismatch",
        }
    }
}
