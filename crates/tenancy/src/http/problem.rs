use actix_web::http::StatusCode;
use motel_web::Problem;

use crate::TenancyError;
use crate::team::TeamRefusal;

fn of_team(refusal: TeamRefusal) -> Problem {
    let detail = match refusal {
        TeamRefusal::BeyondRole => {
            return Problem::forbidden(refusal.code(), "Your role does not allow this.");
        }
        TeamRefusal::AlreadyMember => "Somebody of your team signs in with this address already.",
        TeamRefusal::AlreadyInvited => {
            "This address is invited already; send the invitation again or withdraw it."
        }
        TeamRefusal::TooManyInvitations => "Fifty invitations are open; withdraw one first.",
        TeamRefusal::InvitationOver => "This invitation was accepted or withdrawn.",
        TeamRefusal::OwnAccount => "Your own second factor is turned off in your account.",
        TeamRefusal::LastOwner => "The last owner stays an owner and stays active.",
        TeamRefusal::OwnerUnlimited => "An owner works for the whole business.",
        TeamRefusal::RoleNameTaken => "Another of your roles has this name.",
        TeamRefusal::TooManyRoles => "You have fifty roles; remove one first.",
        TeamRefusal::RoleInUse => "Somebody has this role; say which one they get instead.",
        TeamRefusal::RoleChanged => return Problem::version_mismatch(),
    };
    Problem::conflict(refusal.code(), detail)
}

impl From<TenancyError> for Problem {
    fn from(error: TenancyError) -> Self {
        match error {
            TenancyError::EmailTaken => {
                Self::conflict(error.code(), "This e-mail address is taken.")
            }
            TenancyError::TooManyKeys => {
                Self::conflict(error.code(), "A hundred keys are in use; revoke one first.")
            }
            TenancyError::NotASandbox => {
                Self::forbidden(error.code(), "Only the clock of a sandbox can be moved.")
            }
            TenancyError::ClockRefused => Self::conflict(
                error.code(),
                "A clock goes forward, and at most a hundred years ahead of the real time.",
            ),
            TenancyError::UnfitPassword => Self::invalid("password", error),
            TenancyError::LinkGone => Self::new(
                StatusCode::GONE,
                error.code(),
                "This link was used, or its time is over.",
            ),
            TenancyError::Busy => Self {
                retry_after: Some(2),
                ..Self::unavailable(
                    error.code(),
                    "Too many sign in at this moment. Please try again in a few seconds.",
                )
            },
            TenancyError::TenantDeleted => Self::not_found("business"),
            TenancyError::NotProven => {
                Self::forbidden(error.code(), "Password or code is not right.")
            }
            TenancyError::TooManyAttempts { seconds } => Self::too_many_attempts(seconds),
            TenancyError::NoAddressLeft => Self::conflict(
                error.code(),
                "Every address that can be made of this name is taken.",
            ),
            TenancyError::Team(refusal) => of_team(refusal),
            TenancyError::NotFound(what) => Self::not_found(what),
            TenancyError::NoProperty => Self::not_found("property"),
            TenancyError::Unreadable(_) | TenancyError::Hashing(_) | TenancyError::Db(_) => {
                Self::internal(error)
            }
        }
    }
}
