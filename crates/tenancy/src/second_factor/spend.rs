use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::StaffId;
use motel_seal::Keyring;
use secrecy::{ExposeSecret, SecretString};

use super::authenticator::Authenticator;
use super::recovery_code::RecoveryDigest;
use crate::TenancyError;
use crate::schema::{recovery_codes, second_factors};

/// What somebody types as a code is never longer, in bytes.
const LONGEST: usize = 64;

/// What somebody typed as a code.
pub(crate) enum TypedCode {
    /// Six digits.
    Authenticator(SecretString),
    /// One of those that were given out.
    Recovery(RecoveryDigest),
}

impl TypedCode {
    /// Reads it, spaced as it may be. `None` for what cannot be a code.
    pub(crate) fn parse(typed: &SecretString) -> Option<Self> {
        let typed = typed.expose_secret();
        if typed.len() > LONGEST {
            return None;
        }
        let spacing = |c: char| c == '-' || c.is_whitespace();
        let code: String = typed.chars().filter(|c| !spacing(*c)).collect();
        if code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()) {
            return Some(Self::Authenticator(code.into()));
        }
        RecoveryDigest::of(&code).map(Self::Recovery)
    }
}

/// Whether a code is right for a member's second factor. If it is, it is used up: of two who show it at once, the second waits
/// for the row and is refused. Nothing is counted here.
pub(crate) async fn spend_code(
    tx: &mut TenantTx,
    keys: &Keyring,
    member: StaffId,
    code: &TypedCode,
    now: DateTime<Utc>,
) -> Result<bool, TenancyError> {
    let factor: Option<(Vec<u8>, Option<i64>)> = second_factors::table
        .find((tx.tenant(), member))
        .filter(second_factors::confirmed_at.is_not_null())
        .select((second_factors::sealed, second_factors::last_step))
        .for_no_key_update()
        .first(tx.conn())
        .await
        .optional()?;
    let Some((sealed, last_step)) = factor else {
        return Ok(false);
    };
    match code {
        TypedCode::Recovery(digest) => spend_recovery(tx, member, digest, now).await,
        TypedCode::Authenticator(digits) => {
            let authenticator = Authenticator::open(keys, (tx.tenant(), member), &sealed)?;
            let step = authenticator.step_of(digits.expose_secret(), now);
            match step.filter(|step| last_step.is_none_or(|last| *step > last)) {
                Some(step) => spend_step(tx, member, step).await.map(|()| true),
                None => Ok(false),
            }
        }
    }
}

async fn spend_step(tx: &mut TenantTx, member: StaffId, step: i64) -> Result<(), TenancyError> {
    let tenant = tx.tenant();
    diesel::update(second_factors::table.find((tenant, member)))
        .set(second_factors::last_step.eq(step))
        .execute(tx.conn())
        .await?;
    Ok(())
}

async fn spend_recovery(
    tx: &mut TenantTx,
    member: StaffId,
    digest: &RecoveryDigest,
    now: DateTime<Utc>,
) -> Result<bool, TenancyError> {
    let tenant = tx.tenant();
    let code = recovery_codes::table.find((tenant, member, digest.as_bytes()));
    let spent = diesel::update(code)
        .filter(recovery_codes::used_at.is_null())
        .set(recovery_codes::used_at.eq(now))
        .execute(tx.conn())
        .await?;
    Ok(spent == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(typed: &str) -> &'static str {
        match TypedCode::parse(&typed.into()) {
            Some(TypedCode::Authenticator(_)) => "authenticator",
            Some(TypedCode::Recovery(_)) => "recovery",
            None => "none",
        }
    }

    #[test]
    fn codes_are_known_however_they_are_spaced() {
        for (typed, expected) in [
            ("123456", "authenticator"),
            (" 123 456 ", "authenticator"),
            ("abcd-efgh-ijkl-mnop", "recovery"),
            ("ABCDEFGH IJKLMNOP", "recovery"),
            ("12345", "none"),
            ("+12345", "none"),
            ("١٢٣٤٥٦", "none"),
            ("", "none"),
        ] {
            assert_eq!(kind(typed), expected, "{typed}");
        }
        assert_eq!(kind(&format!("123456{}", " ".repeat(100))), "none");
    }
}
