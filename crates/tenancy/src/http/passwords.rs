use std::time::Duration;

use actix_web::{HttpRequest, HttpResponse, post, put, web};
use motel_db::Db;
use motel_kernel::Email;
use motel_seal::Keyring;
use motel_web::{FieldErrors, Input, Problem, ValidJson, client_address};
use secrecy::SecretString;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{CurrentClock, StaffFragment};
use crate::passwords::{Asked, ask_for_password, change_password, reset_password};
use crate::second_factor::Proof;
use crate::{AddressedToken, TenancyError, may};

/// A question for a new password takes at least so long, so that a mail that is queued does not show in the time.
const ASKING_TAKES: Duration = Duration::from_millis(200);

/// Whose password is forgotten, as it comes in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawForgotten {
    /// What the member signs in with.
    #[schema(max_length = 254)]
    email: String,
}

/// The same, parsed.
pub(crate) struct Forgotten(Email);

impl Input for Forgotten {
    type Raw = RawForgotten;

    fn parse(raw: RawForgotten) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let email = errors.check("email", Email::parse(&raw.email));
        email.map(Self).ok_or(errors)
    }
}

/// A new password by a mailed link, as it comes in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawReset {
    /// The word in the mailed link.
    #[schema(value_type = String, max_length = 96)]
    link: SecretString,
    /// The new password, 10 to 200 characters.
    #[schema(value_type = String, format = "password", min_length = 10, max_length = 200)]
    password: SecretString,
}

/// The same; what the link is good for is not a question of its form.
pub(crate) struct Reset(RawReset);

impl Input for Reset {
    type Raw = RawReset;

    fn parse(raw: RawReset) -> Result<Self, FieldErrors> {
        Ok(Self(raw))
    }
}

/// A change of password, as it comes in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawPasswordChange {
    /// The password as it is.
    #[schema(value_type = String, format = "password", max_length = 200)]
    old_password: SecretString,
    /// Six digits of the authenticator, or a recovery code, for who has a second factor.
    #[schema(value_type = String, max_length = 64)]
    #[serde(default)]
    code: SecretString,
    /// The password as it will be, 10 to 200 characters.
    #[schema(value_type = String, format = "password", min_length = 10, max_length = 200)]
    new_password: SecretString,
}

/// The same; whether the old one is right is not a question of its form.
pub(crate) struct Change(RawPasswordChange);

impl Input for Change {
    type Raw = RawPasswordChange;

    fn parse(raw: RawPasswordChange) -> Result<Self, FieldErrors> {
        Ok(Self(raw))
    }
}

/// Asks for a link by which to choose a new password. The answer is the same whether somebody signs in with that address or not.
///
/// # Errors
/// 429 `too_many_attempts` when too many were asked for from the same internet address.
pub async fn ask(
    db: &Db,
    request: &HttpRequest,
    email: &Email,
    clock: &CurrentClock,
) -> Result<(), Problem> {
    let answer_at = tokio::time::Instant::now() + ASKING_TAKES;
    let asked = ask_for_password(db, email, client_address(request), clock.now()).await;
    tokio::time::sleep_until(answer_at).await;
    match asked? {
        Asked::Noted => Ok(()),
        Asked::TooMany { seconds } => Err(Problem::too_many_attempts(seconds)),
    }
}

/// Has a link for a new password mailed to a member of the staff. The answer does not tell whether there is one.
#[utoipa::path(
    tag = "session",
    operation_id = "ask_for_password",
    request_body = RawForgotten,
    responses(
        (status = 202, description = "Whoever signs in with this address gets a mail"),
        (status = 429, description = "`too_many_attempts`"),
    )
)]
#[post("/password-resets")]
pub(crate) async fn forgotten(
    request: HttpRequest,
    db: web::Data<Db>,
    clock: CurrentClock,
    ValidJson(Forgotten(email)): ValidJson<Forgotten>,
) -> Result<HttpResponse, Problem> {
    ask(&db, &request, &email, &clock).await?;
    Ok(HttpResponse::Accepted().finish())
}

/// Gives a member a new password by a mailed link, and signs them out everywhere. A link works once, within an hour.
#[utoipa::path(
    tag = "session",
    operation_id = "reset_password",
    request_body = RawReset,
    responses(
        (status = 204, description = "The new password is in force"),
        (status = 410, description = "`link_gone`"),
    )
)]
#[post("/password-resets/complete")]
pub(crate) async fn reset(
    db: web::Data<Db>,
    clock: CurrentClock,
    ValidJson(Reset(given)): ValidJson<Reset>,
) -> Result<HttpResponse, Problem> {
    use secrecy::ExposeSecret;
    let token = AddressedToken::parse(given.link.expose_secret()).ok_or(TenancyError::LinkGone)?;
    reset_password(&db, &token, &given.password, clock.now()).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Changes the password of whoever is signed in; their other sessions end.
#[utoipa::path(
    tag = "session",
    operation_id = "change_password",
    request_body = RawPasswordChange,
    responses(
        (status = 204, description = "The new password is in force"),
        (status = 403, description = "`not_proven`: the old one or the code is not right"),
        (status = 429, description = "`too_many_attempts`"),
    )
)]
#[put("/session/password")]
pub(crate) async fn change(
    staff: StaffFragment<may::BeKnown>,
    db: web::Data<Db>,
    keys: web::Data<Keyring>,
    clock: CurrentClock,
    ValidJson(Change(given)): ValidJson<Change>,
) -> Result<HttpResponse, Problem> {
    let proof = Proof {
        password: &given.old_password,
        code: &given.code,
    };
    let changed =
        change_password(&db, &keys, &staff, proof, &given.new_password, clock.now()).await;
    changed.map_err(|error| match error {
        TenancyError::UnfitPassword => Problem::invalid("new_password", error),
        other => other.into(),
    })?;
    Ok(HttpResponse::NoContent().finish())
}
