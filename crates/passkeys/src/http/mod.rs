//! The HTTP face: signing in by a passkey, and one's own.

mod ceremony;
mod own;
mod problem;
mod proof;
mod second_factor;
mod sign_in;
mod view;

use actix_web::web;

pub use view::{PasskeyCeremonyView, PasskeyView, PasskeysView};

/// What these routes take and answer, for the OpenAPI document; they stand under `/api/v1`.
#[derive(utoipa::OpenApi)]
#[openapi(paths(
    sign_in::begin,
    sign_in::finish,
    second_factor::begin,
    second_factor::finish,
    proof::begin,
    proof::finish,
    own::list,
    own::begin,
    own::add,
    own::rename,
    own::remove
))]
pub struct StaffApiDoc;

/// Mounts `/session/passkey`, `/session/passkeys` and `/session/second-factor/passkey`, in a scope for staff. Needs `web::Data` of `Db`,
/// `Keyring` and [`RelyingParty`](crate::RelyingParty), the directory, the clock and the session middleware.
pub fn configure_staff(config: &mut web::ServiceConfig) {
    config
        .service(sign_in::begin)
        .service(sign_in::finish)
        .service(second_factor::begin)
        .service(second_factor::finish)
        .service(proof::begin)
        .service(proof::finish)
        .service(own::list)
        .service(own::begin)
        .service(own::add)
        .service(own::rename)
        .service(own::remove);
}
