//! What a request tells about its tenant and its visitor.

mod answer;
mod api_key_input;
mod api_keys;
mod bearer;
mod caller;
mod clock;
mod current_clock;
mod half_open;
mod meant;
mod oauth;
mod params;
mod passwords;
mod problem;
mod public_tenant;
mod roles;
mod second_factor;
mod session;
mod sessions;
mod staff_access;
mod staff_page;
mod staff_session;
mod staff_write;
mod support;
mod team;
mod tokens;
mod touches;

pub use answer::Answer;
pub use api_keys::{ApiKeyView, NewApiKeyView};
pub use caller::{Caller, know_caller};
pub use clock::ClockView;
pub use current_clock::CurrentClock;
pub use half_open::{ask_for_code, remember_browser, show_code, waiting_for, waits_for_code};
pub use meant::{OfProperty, property_of};
pub use oauth::{ClientTokenView, OAuthErrorView};
pub use params::{VersionedWriteParams, WriteParams};
pub use passwords::ask as ask_for_password;
pub use public_tenant::{PublicTenant, UnderWay};
pub use roles::parse_role;
pub use roles::show::{PermissionView, RoleView, RolesView};
pub use session::{SessionView, enter};
pub use sessions::{OpenSessionView, SessionsView};
pub use staff_access::StaffAccess;
pub use staff_page::{SECOND_FACTOR_PATH, SIGN_IN_PATH, StaffFragment, StaffPage};
pub use staff_session::{close_session, open_session, open_session_in, session_of};
pub use staff_write::{StaffWrite, Write};
pub use support::{SupportAccessView, SupportView, SupportVisitView};
pub use team::invitations::InvitationView;
pub use team::members::MemberView;
pub use tokens::TokensView;
pub use touches::{OneProperty, Touches, WholeBusiness};

use actix_web::{HttpRequest, web};
use motel_web::Problem;

/// What these routes take and answer, for the OpenAPI document; they stand under `/api/v1`.
#[derive(utoipa::OpenApi)]
#[openapi(paths(
    session::sign_in,
    session::second_factor,
    session::show,
    session::sign_out,
    tokens::open,
    tokens::second_factor,
    tokens::renew,
    oauth::token::give,
    sessions::list,
    sessions::end,
    sessions::end_others,
    roles::show::show,
    roles::write::make,
    roles::write::change,
    roles::write::remove,
    passwords::forgotten,
    passwords::reset,
    passwords::change,
    team::members::list,
    team::members::change,
    team::reach::put,
    team::personal::export,
    team::personal::erase,
    team::hand_over::give,
    team::invitations::list,
    team::invitations::create,
    team::invitations::resend,
    team::invitations::withdraw,
    team::join::accept,
    api_keys::list,
    api_keys::create,
    api_keys::revoke,
    support::show,
    support::let_in,
    support::turn_out,
    clock::show,
    clock::advance
))]
pub struct StaffApiDoc;

/// Mounts `/session`, `/oauth`, `/sessions`, `/roles`, `/password-resets`, `/team`, `/invitations`, `/support-access`, `/api-keys` and `/clock`, in a scope for staff. Needs `web::Data<Db>`, `web::Data<AccessTokens>`, the directory, the clock
/// and the session middleware.
pub fn configure_staff(config: &mut web::ServiceConfig) {
    config
        .service(session::sign_in)
        .service(session::second_factor)
        .service(session::show)
        .service(session::sign_out)
        .service(tokens::open)
        .service(tokens::second_factor)
        .service(tokens::renew)
        .service(oauth::token::give)
        .service(sessions::list)
        .service(sessions::end)
        .service(sessions::end_others)
        .service(roles::show::show)
        .service(roles::write::make)
        .service(roles::write::change)
        .service(roles::write::remove)
        .service(passwords::forgotten)
        .service(passwords::reset)
        .service(passwords::change)
        .service(team::members::list)
        .service(team::members::change)
        .service(team::reach::put)
        .service(team::personal::export)
        .service(team::personal::erase)
        .service(team::hand_over::give)
        .service(team::join::accept)
        .service(team::invitations::list)
        .service(team::invitations::create)
        .service(team::invitations::resend)
        .service(team::invitations::withdraw)
        .service(api_keys::list)
        .service(api_keys::create)
        .service(api_keys::revoke)
        .service(support::show)
        .service(support::let_in)
        .service(support::turn_out)
        .service(clock::show)
        .service(clock::advance);
}

/// Something the application was set up with.
fn app_data<T: Clone + 'static>(request: &HttpRequest) -> Result<T, Problem> {
    request
        .app_data::<web::Data<T>>()
        .map(|data| T::clone(data))
        .ok_or_else(|| {
            Problem::internal(std::io::Error::other(format!(
                "the application was set up without {}",
                std::any::type_name::<T>()
            )))
        })
}
