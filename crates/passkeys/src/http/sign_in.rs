use actix_web::{HttpRequest, post, web};
use motel_db::Db;
use motel_tenancy::Directory;
use motel_tenancy::http::{CurrentClock, SessionView, enter};
use motel_web::{Problem, ValidJson, client_address};

use super::ceremony::{RawShownPasskey, Shown, admitted};
use super::view::PasskeyCeremonyView;
use crate::RelyingParty;
use crate::commands::{begin_sign_in, sign_in_by_passkey};

/// Asks a browser for a passkey, whosever it is.
#[utoipa::path(
    tag = "session",
    operation_id = "begin_passkey_sign_in",
    responses(
        (status = 200, description = "What to ask", body = PasskeyCeremonyView),
        (status = 409, description = "`passkeys_unavailable`"),
        (status = 429, description = "`too_many_requests`"),
    )
)]
#[post("/session/passkey/begin")]
pub(crate) async fn begin(
    db: web::Data<Db>,
    party: web::Data<RelyingParty>,
    clock: CurrentClock,
) -> Result<web::Json<PasskeyCeremonyView>, Problem> {
    let begun = begin_sign_in(&db, &party, clock.now()).await?;
    Ok(web::Json(begun.into()))
}

/// Signs a member of the staff in by a passkey alone: the answer sets the session cookie. No code is asked for.
#[utoipa::path(
    tag = "session",
    operation_id = "sign_in_by_passkey",
    request_body = RawShownPasskey,
    responses(
        (status = 200, description = "Signed in", body = SessionView),
        (status = 401, description = "`wrong_passkey`, whatever is wrong about it"),
        (status = 409, description = "`passkeys_unavailable`"),
        (status = 429, description = "`too_many_attempts`, `too_many_requests`"),
    )
)]
#[post("/session/passkey")]
pub(crate) async fn finish(
    request: HttpRequest,
    db: web::Data<Db>,
    party: web::Data<RelyingParty>,
    directory: web::Data<Directory>,
    clock: CurrentClock,
    ValidJson(Shown { ceremony, passkey }): ValidJson<Shown>,
) -> Result<web::Json<SessionView>, Problem> {
    let (address, now) = (client_address(&request), clock.now());
    let answered = sign_in_by_passkey(&db, &party, ceremony, &passkey, address, now).await?;
    enter(&request, &directory, &*admitted(answered)?).await
}
