//! What a browser answers.

use actix_web::http::StatusCode;
use motel_tenancy::Staff;
use motel_tenancy::second_factor::Answered;
use motel_web::{FieldErrors, Input, Problem};
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::{CeremonyId, ShownPasskey};

/// A passkey that is shown, as it comes in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawShownPasskey {
    /// The `ceremony` that was answered when it began.
    #[schema(value_type = Uuid)]
    ceremony: CeremonyId,
    /// What `toJSON()` makes of the credential that the browser got.
    #[schema(value_type = Object)]
    credential: Value,
}

/// The same, parsed.
pub(crate) struct Shown {
    /// What it answers.
    pub(super) ceremony: CeremonyId,
    /// What is shown.
    pub(super) passkey: ShownPasskey,
}

impl Input for Shown {
    type Raw = RawShownPasskey;

    fn parse(raw: RawShownPasskey) -> Result<Self, FieldErrors> {
        let passkey = ShownPasskey::parse(raw.credential);
        Ok(Self {
            ceremony: raw.ceremony,
            passkey: passkey.map_err(|invalid| FieldErrors::of("credential", invalid))?,
        })
    }
}

/// Who it is, when the passkey is right.
pub(super) fn admitted(answered: Answered) -> Result<Box<Staff>, Problem> {
    match answered {
        Answered::Admitted(staff) => Ok(staff),
        Answered::Refused => Err(unauthorized(
            "wrong_passkey",
            "Nobody could be signed in by this passkey.",
        )),
        Answered::Over => Err(challenge_over()),
        Answered::TooMany { seconds } => Err(Problem::too_many_attempts(seconds)),
    }
}

/// 401 `challenge_over`.
pub(super) fn challenge_over() -> Problem {
    unauthorized(
        "challenge_over",
        "This sign-in is over. Please sign in anew.",
    )
}

fn unauthorized(code: &'static str, detail: &str) -> Problem {
    Problem::new(StatusCode::UNAUTHORIZED, code, detail)
}
