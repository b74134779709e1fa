use actix_web::{HttpResponse, get, patch, post, web};
use motel_db::Db;
use motel_seal::Keyring;
use motel_tenancy::http::{CurrentClock, StaffFragment};
use motel_tenancy::may;
use motel_tenancy::second_factor::Proof;
use motel_web::{FieldErrors, Input, Problem, ValidJson};
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::view::{PasskeyCeremonyView, PasskeyView, PasskeysView};
use crate::commands::{add_passkey, begin_adding, remove_passkey, rename_passkey};
use crate::{CeremonyId, NewPasskey, PasskeyId, PasskeyName, RelyingParty, queries};

/// What somebody shows once more, as it comes in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawPasskeyProof {
    /// Their password.
    #[schema(value_type = String, format = "password", max_length = 200)]
    password: SecretString,
    /// A code, where they have a second factor and have not just shown a passkey.
    #[serde(default)]
    #[schema(value_type = String, max_length = 64)]
    code: SecretString,
}

/// The same; whether it is right is not a question of its form.
pub(crate) struct GivenProof(RawPasskeyProof);

impl GivenProof {
    fn proof(&self) -> Proof<'_> {
        Proof {
            password: &self.0.password,
            code: &self.0.code,
        }
    }
}

impl Input for GivenProof {
    type Raw = RawPasskeyProof;

    fn parse(raw: RawPasskeyProof) -> Result<Self, FieldErrors> {
        Ok(Self(raw))
    }
}

/// A passkey that was just made, as it comes in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawNewPasskey {
    /// The `ceremony` that was answered when it began.
    #[schema(value_type = Uuid)]
    ceremony: CeremonyId,
    /// What to call it.
    #[schema(min_length = 1, max_length = 60)]
    name: String,
    /// What `toJSON()` makes of the credential that the browser made.
    #[schema(value_type = Object)]
    credential: Value,
}

/// The same, parsed.
pub(crate) struct Made {
    ceremony: CeremonyId,
    name: PasskeyName,
    passkey: NewPasskey,
}

impl Input for Made {
    type Raw = RawNewPasskey;

    fn parse(raw: RawNewPasskey) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let name = errors.check("name", PasskeyName::parse(&raw.name));
        let passkey = errors.check("credential", NewPasskey::parse(raw.credential));
        match (name, passkey) {
            (Some(name), Some(passkey)) => Ok(Self {
                ceremony: raw.ceremony,
                name,
                passkey,
            }),
            _ => Err(errors),
        }
    }
}

/// Another name for a passkey, as it comes in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawPasskeyName {
    /// What to call it.
    #[schema(min_length = 1, max_length = 60)]
    name: String,
}

/// The same, parsed.
pub(crate) struct Named(PasskeyName);

impl Input for Named {
    type Raw = RawPasskeyName;

    fn parse(raw: RawPasskeyName) -> Result<Self, FieldErrors> {
        let name = PasskeyName::parse(&raw.name);
        name.map(Self)
            .map_err(|invalid| FieldErrors::of("name", invalid))
    }
}

/// Lists the passkeys of who is signed in.
#[utoipa::path(
    tag = "session",
    operation_id = "list_passkeys",
    responses((status = 200, description = "Theirs", body = PasskeysView))
)]
#[get("/session/passkeys")]
pub(crate) async fn list(
    staff: StaffFragment<may::SetUpSecondFactor>,
    db: web::Data<Db>,
) -> Result<web::Json<PasskeysView>, Problem> {
    let mut tx = db.tenant(staff.tenant).await.map_err(Problem::internal)?;
    let kept = queries::passkeys_of(&mut tx, staff.staff_id).await?;
    tx.commit().await.map_err(Problem::internal)?;
    Ok(web::Json(PasskeysView {
        passkeys: kept.into_iter().map(PasskeyView::from).collect(),
    }))
}

/// Begins to add a passkey, for who shows password and code, or password and another passkey, once more.
#[utoipa::path(
    tag = "session",
    operation_id = "begin_adding_passkey",
    request_body = RawPasskeyProof,
    responses(
        (status = 200, description = "What to ask", body = PasskeyCeremonyView),
        (status = 403, description = "`not_proven`"),
        (status = 409, description = "`passkeys_unavailable`, `too_many_passkeys`"),
        (status = 429, description = "`too_many_attempts`"),
    )
)]
#[post("/session/passkeys/begin")]
pub(crate) async fn begin(
    staff: StaffFragment<may::SetUpSecondFactor>,
    db: web::Data<Db>,
    keys: web::Data<Keyring>,
    party: web::Data<RelyingParty>,
    clock: CurrentClock,
    ValidJson(given): ValidJson<GivenProof>,
) -> Result<web::Json<PasskeyCeremonyView>, Problem> {
    let begun = begin_adding(&db, &keys, &party, &staff, given.proof(), clock.now()).await?;
    Ok(web::Json(begun.into()))
}

/// Keeps the passkey that the browser made. From now on it signs its owner in, and is a second factor of theirs.
#[utoipa::path(
    tag = "session",
    operation_id = "add_passkey",
    request_body = RawNewPasskey,
    responses(
        (status = 200, description = "It is kept", body = PasskeyView),
        (status = 403, description = "`wrong_passkey`"),
        (status = 409, description = "`passkey_known`, `too_many_passkeys`, `passkeys_unavailable`"),
        (status = 410, description = "`ceremony_over`"),
    )
)]
#[post("/session/passkeys")]
pub(crate) async fn add(
    staff: StaffFragment<may::SetUpSecondFactor>,
    db: web::Data<Db>,
    party: web::Data<RelyingParty>,
    clock: CurrentClock,
    ValidJson(made): ValidJson<Made>,
) -> Result<web::Json<PasskeyView>, Problem> {
    let (name, passkey) = (&made.name, &made.passkey);
    let now = clock.now();
    let kept = add_passkey(&db, &party, &staff, made.ceremony, (name, passkey), now).await?;
    Ok(web::Json(kept.into()))
}

/// Calls one's own passkey something else.
#[utoipa::path(
    tag = "session",
    operation_id = "rename_passkey",
    params(("id" = Uuid, Path, description = "Which passkey")),
    request_body = RawPasskeyName,
    responses(
        (status = 200, description = "As it is called now", body = PasskeyView),
        (status = 404, description = "They have no such passkey"),
    )
)]
#[patch("/session/passkeys/{id}")]
pub(crate) async fn rename(
    staff: StaffFragment<may::BeKnown>,
    path: web::Path<String>,
    db: web::Data<Db>,
    ValidJson(Named(name)): ValidJson<Named>,
) -> Result<web::Json<PasskeyView>, Problem> {
    let id = id(&path)?;
    let mut tx = db.tenant(staff.tenant).await.map_err(Problem::internal)?;
    let renamed = rename_passkey(&mut tx, staff.staff_id, id, &name).await?;
    tx.commit().await.map_err(Problem::internal)?;
    Ok(web::Json(renamed.into()))
}

/// Removes one's own passkey, for who shows password and code, or password and a passkey, once more. It opens nothing any more, and their
/// other sessions end.
#[utoipa::path(
    tag = "session",
    operation_id = "remove_passkey",
    params(("id" = Uuid, Path, description = "Which passkey")),
    request_body = RawPasskeyProof,
    responses(
        (status = 204, description = "It is gone"),
        (status = 403, description = "`not_proven`"),
        (status = 404, description = "They have no such passkey"),
        (status = 409, description = "`last_second_factor`"),
        (status = 429, description = "`too_many_attempts`"),
    )
)]
#[post("/session/passkeys/{id}/remove")]
pub(crate) async fn remove(
    staff: StaffFragment<may::BeKnown>,
    path: web::Path<String>,
    db: web::Data<Db>,
    keys: web::Data<Keyring>,
    clock: CurrentClock,
    ValidJson(given): ValidJson<GivenProof>,
) -> Result<HttpResponse, Problem> {
    let id = id(&path)?;
    remove_passkey(&db, &keys, &staff, id, given.proof(), clock.now()).await?;
    Ok(HttpResponse::NoContent().finish())
}

fn id(path: &str) -> Result<PasskeyId, Problem> {
    path.parse().map_err(|_| Problem::not_found("passkey"))
}
