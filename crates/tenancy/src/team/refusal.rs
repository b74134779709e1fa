/// Why something about a team was not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TeamRefusal {
    /// Only an owner leads owners and managers; managers lead the others; nobody else leads anybody.
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
        }
    }
}
