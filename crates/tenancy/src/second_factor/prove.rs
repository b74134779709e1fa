use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::Db;
use motel_kernel::{SessionId, StaffId, TenantId};
use motel_seal::Keyring;
use secrecy::SecretString;

use super::{TypedCode, spend_code, spend_shown_passkey};
use crate::hashing::verify_password;
use crate::lockout::{self, Subject, Turn};
use crate::schema::staff;
use crate::{Staff, TenancyError};

/// Who says that it is them.
#[derive(Debug, Clone, Copy)]
pub struct Claimant {
    /// Of which business.
    pub tenant: TenantId,
    /// Which member.
    pub member: StaffId,
    /// The session in which they may just have shown a passkey.
    pub session: Option<SessionId>,
}

/// What somebody who is signed in shows once more before something of weight is changed about their account.
#[derive(Debug, Clone, Copy)]
pub struct Proof<'a> {
    /// Their password.
    pub password: &'a SecretString,
    /// A code, which counts where they have a second factor and have not just shown a passkey in its place.
    pub code: &'a SecretString,
}

/// The member, when they prove that it is them: by the password, and by a code or a passkey if they have a second factor.
/// Either is used up. Whoever changes the account by it holds it with `hold_unchanged` in the same transaction.
///
/// # Errors
/// [`TenancyError::NotProven`] whichever of the two was wrong; [`TenancyError::TooManyAttempts`].
pub async fn prove(
    db: &Db,
    keys: &Keyring,
    claimant: Claimant,
    proof: Proof<'_>,
    now: DateTime<Utc>,
) -> Result<Staff, TenancyError> {
    let subject = Subject::member(claimant.member);
    if let Turn::Wait(seconds) = lockout::reserve(db, std::slice::from_ref(&subject), now).await? {
        return Err(TenancyError::TooManyAttempts { seconds });
    }
    let member = read(db, claimant).await?;
    let hashed = member.password_hash.0.clone();
    if !verify_password(proof.password, Some(hashed)).await? {
        return Err(TenancyError::NotProven);
    }
    lockout::forget(db, &subject).await?;
    if member.second_factor_at.is_some() && !spend_shown_passkey(db, claimant, now).await? {
        prove_by_code(db, keys, &member, proof.code, now).await?;
    }
    Ok(member)
}

/// Codes are counted apart from passwords.
async fn prove_by_code(
    db: &Db,
    keys: &Keyring,
    member: &Staff,
    code: &SecretString,
    now: DateTime<Utc>,
) -> Result<(), TenancyError> {
    let subject = Subject::code_of(member.id);
    if let Turn::Wait(seconds) = lockout::reserve(db, std::slice::from_ref(&subject), now).await? {
        return Err(TenancyError::TooManyAttempts { seconds });
    }
    let code = TypedCode::parse(code).ok_or(TenancyError::NotProven)?;
    let mut tx = db.tenant(member.tenant_id).await?;
    if !spend_code(&mut tx, keys, member.id, &code, now).await? {
        return Err(TenancyError::NotProven);
    }
    tx.commit().await?;
    lockout::forget(db, &subject).await
}

async fn read(db: &Db, Claimant { tenant, member, .. }: Claimant) -> Result<Staff, TenancyError> {
    let mut tx = db.tenant(tenant).await?;
    let member = staff::table
        .find((tenant, member))
        .filter(staff::active)
        .select(Staff::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    tx.commit().await?;
    member.ok_or(TenancyError::NotFound("member"))
}
