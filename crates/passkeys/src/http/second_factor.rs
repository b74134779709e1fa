use actix_web::{HttpRequest, post, web};
use motel_db::Db;
use motel_tenancy::http::{CurrentClock, SessionView, enter, waiting_for};
use motel_tenancy::{AddressedToken, Directory};
use motel_web::{FieldErrors, Input, Problem, ValidJson, client_address};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::ceremony::{admitted, challenge_over};
use super::view::PasskeyCeremonyView;
use crate::commands::{answer_by_passkey, begin_second_factor};
use crate::{CeremonyId, RelyingParty, ShownPasskey};

/// Which sign-in waits, as it comes in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawWaiting {
    /// The `challenge` that signing in answered. Pages leave it out: their browser's cookie holds it.
    #[schema(value_type = Option<String>, max_length = 96)]
    challenge: Option<SecretString>,
}

/// The same; whether it is one is not a question of its form.
pub(crate) struct Waiting(Option<SecretString>);

impl Input for Waiting {
    type Raw = RawWaiting;

    fn parse(raw: RawWaiting) -> Result<Self, FieldErrors> {
        Ok(Self(raw.challenge))
    }
}

/// A passkey for a sign-in that waits, as it comes in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawPasskeyFactor {
    /// The `challenge` that signing in answered. Pages leave it out: their browser's cookie holds it.
    #[schema(value_type = Option<String>, max_length = 96)]
    challenge: Option<SecretString>,
    /// The `ceremony` that was answered when it began.
    #[schema(value_type = Uuid)]
    ceremony: CeremonyId,
    /// What `toJSON()` makes of the credential that the browser got.
    #[schema(value_type = Object)]
    credential: Value,
}

/// The same, parsed.
pub(crate) struct PasskeyFactor {
    challenge: Option<SecretString>,
    ceremony: CeremonyId,
    passkey: ShownPasskey,
}

impl Input for PasskeyFactor {
    type Raw = RawPasskeyFactor;

    fn parse(raw: RawPasskeyFactor) -> Result<Self, FieldErrors> {
        let passkey = ShownPasskey::parse(raw.credential);
        Ok(Self {
            challenge: raw.challenge,
            ceremony: raw.ceremony,
            passkey: passkey.map_err(|invalid| FieldErrors::of("credential", invalid))?,
        })
    }
}

/// Asks somebody whose password was right for a passkey of theirs, in the place of a code.
#[utoipa::path(
    tag = "session",
    operation_id = "begin_passkey_factor",
    request_body = RawWaiting,
    responses(
        (status = 200, description = "What to ask", body = PasskeyCeremonyView),
        (status = 401, description = "`challenge_over`: sign in anew"),
        (status = 409, description = "`passkeys_unavailable`"),
        (status = 429, description = "`too_many_requests`"),
    )
)]
#[post("/session/second-factor/passkey/begin")]
pub(crate) async fn begin(
    request: HttpRequest,
    db: web::Data<Db>,
    party: web::Data<RelyingParty>,
    clock: CurrentClock,
    ValidJson(Waiting(challenge)): ValidJson<Waiting>,
) -> Result<web::Json<PasskeyCeremonyView>, Problem> {
    let word = word(&request, challenge.as_ref())?;
    let begun = begin_second_factor(&db, &party, &word, clock.now()).await?;
    let begun = begun.ok_or_else(challenge_over)?;
    Ok(web::Json(begun.into()))
}

/// Completes a sign-in that asked for a second factor by a passkey: the answer sets the session cookie.
#[utoipa::path(
    tag = "session",
    operation_id = "show_passkey_factor",
    request_body = RawPasskeyFactor,
    responses(
        (status = 200, description = "Signed in", body = SessionView),
        (status = 401, description = "`wrong_passkey`; `challenge_over`: sign in anew"),
        (status = 409, description = "`passkeys_unavailable`"),
        (status = 429, description = "`too_many_attempts`, `too_many_requests`"),
    )
)]
#[post("/session/second-factor/passkey")]
pub(crate) async fn finish(
    request: HttpRequest,
    db: web::Data<Db>,
    party: web::Data<RelyingParty>,
    directory: web::Data<Directory>,
    clock: CurrentClock,
    ValidJson(given): ValidJson<PasskeyFactor>,
) -> Result<web::Json<SessionView>, Problem> {
    let word = word(&request, given.challenge.as_ref())?;
    let shown = (given.ceremony, &given.passkey);
    let (address, now) = (client_address(&request), clock.now());
    let answered = answer_by_passkey(&db, &party, &word, shown, address, now).await?;
    enter(&request, &directory, &*admitted(answered)?).await
}

fn word(request: &HttpRequest, given: Option<&SecretString>) -> Result<AddressedToken, Problem> {
    let word = match given {
        Some(given) => AddressedToken::parse(given.expose_secret()),
        None => waiting_for(request),
    };
    word.ok_or_else(challenge_over)
}
