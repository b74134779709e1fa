use actix_web::{HttpResponse, post, web};
use motel_db::Db;
use motel_tenancy::http::{CurrentClock, StaffFragment};
use motel_tenancy::may;
use motel_web::{Problem, ValidJson};

use super::ceremony::{RawShownPasskey, Shown};
use super::view::PasskeyCeremonyView;
use crate::RelyingParty;
use crate::commands::{begin_proof, prove_by_passkey};

/// Asks who is signed in for a passkey of theirs, in the place of a code for what changes their account.
#[utoipa::path(
    tag = "session",
    operation_id = "begin_passkey_proof",
    responses(
        (status = 200, description = "What to ask", body = PasskeyCeremonyView),
        (status = 404, description = "They have none"),
        (status = 409, description = "`passkeys_unavailable`"),
    )
)]
#[post("/session/passkeys/proof/begin")]
pub(crate) async fn begin(
    staff: StaffFragment<may::BeKnown>,
    db: web::Data<Db>,
    party: web::Data<RelyingParty>,
    clock: CurrentClock,
) -> Result<web::Json<PasskeyCeremonyView>, Problem> {
    let begun = begin_proof(&db, &party, &staff, clock.now()).await?;
    Ok(web::Json(begun.into()))
}

/// Takes it: what asks for a code next, within five minutes and in this session, is content without.
#[utoipa::path(
    tag = "session",
    operation_id = "show_passkey_proof",
    request_body = RawShownPasskey,
    responses(
        (status = 204, description = "It stands in the place of a code"),
        (status = 403, description = "`wrong_passkey`"),
        (status = 410, description = "`ceremony_over`"),
        (status = 429, description = "`too_many_attempts`"),
    )
)]
#[post("/session/passkeys/proof")]
pub(crate) async fn finish(
    staff: StaffFragment<may::BeKnown>,
    db: web::Data<Db>,
    party: web::Data<RelyingParty>,
    clock: CurrentClock,
    ValidJson(Shown { ceremony, passkey }): ValidJson<Shown>,
) -> Result<HttpResponse, Problem> {
    prove_by_passkey(&db, &party, &staff, (ceremony, &passkey), clock.now()).await?;
    Ok(HttpResponse::NoContent().finish())
}
