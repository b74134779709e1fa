//! The second step of signing in, for browsers and for programs.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use chrono::{DateTime, Utc};
use motel_db::Db;
use motel_seal::Keyring;
use motel_web::{FieldErrors, Input, Problem, client_address};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::second_factor::{Answered, HalfAdmitted, answer_challenge, open_challenge};
use crate::{AddressedToken, Staff};

/// A code for a challenge, as they come in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawSecondFactor {
    /// The `challenge` that signing in answered.
    #[schema(value_type = String, max_length = 96)]
    challenge: SecretString,
    /// Six digits of the authenticator, or a recovery code.
    #[schema(value_type = String, max_length = 64)]
    code: SecretString,
}

/// The same; whether they are right is not a question of their form.
pub(crate) struct SecondFactor(RawSecondFactor);

impl Input for SecondFactor {
    type Raw = RawSecondFactor;

    fn parse(raw: RawSecondFactor) -> Result<Self, FieldErrors> {
        Ok(Self(raw))
    }
}

/// Who it is, when the code is right.
pub(super) async fn shown(
    request: &HttpRequest,
    db: &Db,
    keys: &Keyring,
    SecondFactor(given): &SecondFactor,
    now: DateTime<Utc>,
) -> Result<Box<Staff>, Problem> {
    let word = AddressedToken::parse(given.challenge.expose_secret());
    let word = word.ok_or_else(challenge_over)?;
    let (code, address) = (&given.code, client_address(request));
    match answer_challenge(db, keys, &word, code, address, now).await? {
        Answered::Admitted(staff) => Ok(staff),
        Answered::Refused => Err(wrong_code()),
        Answered::Over => Err(challenge_over()),
        Answered::TooMany { seconds } => Err(Problem::too_many_attempts(seconds)),
    }
}

/// 401 `second_factor_needed`, with the challenge to answer.
pub(super) async fn needed(
    db: &Db,
    half: &HalfAdmitted,
    now: DateTime<Utc>,
) -> Result<Problem, Problem> {
    let challenge = open_challenge(db, half, now).await?;
    let problem = Problem::new(
        StatusCode::UNAUTHORIZED,
        "second_factor_needed",
        "Show a code of your second factor within five minutes.",
    );
    Ok(problem.with_challenge(challenge))
}

fn wrong_code() -> Problem {
    Problem::new(
        StatusCode::UNAUTHORIZED,
        "wrong_code",
        "This code is not right, or was used before.",
    )
}

fn challenge_over() -> Problem {
    Problem::new(
        StatusCode::UNAUTHORIZED,
        "challenge_over",
        "This sign-in is over. Please sign in anew.",
    )
}
