use actix_web::{HttpResponse, post, web};
use motel_db::Db;
use motel_kernel::StaffId;
use motel_seal::Keyring;
use motel_web::{DryRun, FieldErrors, Input, Problem, ValidJson};
use secrecy::SecretString;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::http::sessions::member;
use crate::http::{CurrentClock, StaffAccess};
use crate::may;
use crate::second_factor::{Claimant, Proof};
use crate::team::hand_over;

/// What handing over takes, as it comes in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawHandOver {
    /// The password of the owner who does it.
    #[schema(value_type = String, format = "password", max_length = 200)]
    password: SecretString,
    /// Six digits of their authenticator, or a recovery code, if they have a second factor.
    #[schema(value_type = String, max_length = 64)]
    #[serde(default)]
    code: SecretString,
}

/// The same; whether they are right is not a question of its form.
pub(crate) struct Shown(RawHandOver);

impl Input for Shown {
    type Raw = RawHandOver;

    fn parse(raw: RawHandOver) -> Result<Self, FieldErrors> {
        Ok(Self(raw))
    }
}

/// Hands the business over: the member becomes an owner, and the owner who asks a manager. They show their password again, and a code.
#[utoipa::path(
    tag = "team",
    operation_id = "hand_over",
    request_body = RawHandOver,
    params(("id" = Uuid, Path, description = "Who gets it")),
    responses(
        (status = 204, description = "They are the owner now"),
        (status = 403, description = "`not_proven`; `beyond_role` for who is no owner; `staff_only`"),
        (status = 422, description = "`invalid_input`, also for `dry_run=true`"),
        (status = 429, description = "`too_many_attempts`"),
    )
)]
#[post("/team/{id}/actions/hand-over")]
pub(crate) async fn give(
    access: StaffAccess<may::WriteTeam>,
    dry_run: DryRun,
    path: web::Path<String>,
    db: web::Data<Db>,
    keys: web::Data<Keyring>,
    clock: CurrentClock,
    ValidJson(Shown(shown)): ValidJson<Shown>,
) -> Result<HttpResponse, Problem> {
    let by = member(&access)?;
    if dry_run.0 {
        return Err(Problem::invalid(
            "dry_run",
            "cannot be: a hand-over is not tried",
        ));
    }
    let to: StaffId = path.parse().map_err(|_| Problem::not_found("member"))?;
    let proof = Proof {
        password: &shown.password,
        code: &shown.code,
    };
    let by = Claimant {
        tenant: access.tenant,
        member: by,
        session: access.session,
    };
    hand_over(&db, &keys, by, to, proof, clock.now()).await?;
    Ok(HttpResponse::NoContent().finish())
}
