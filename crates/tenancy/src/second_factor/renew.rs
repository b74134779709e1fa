use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::{Db, TenantTx};
use motel_kernel::StaffId;
use motel_seal::Keyring;
use secrecy::SecretString;

use super::recovery_code::{CODES, mint};
use super::{Proof, has_authenticator, prove};
use crate::commands::hold_unchanged;
use crate::schema::recovery_codes;
use crate::{StaffSession, TenancyError};

/// Gives a member ten recovery codes; those from before are worth nothing any more. Nobody sees them again.
///
/// # Errors
/// [`TenancyError::NotProven`], [`TenancyError::TooManyAttempts`]; [`TenancyError::NotFound`] for who has no authenticator.
pub async fn renew_recovery_codes(
    db: &Db,
    keys: &Keyring,
    session: &StaffSession,
    proof: Proof<'_>,
    now: DateTime<Utc>,
) -> Result<Vec<SecretString>, TenancyError> {
    let member = prove(db, keys, session.claimant(), proof, now).await?;
    let mut tx = db.tenant(session.tenant).await?;
    hold_unchanged(&mut tx, &member).await?;
    if !has_authenticator(&mut tx, member.id).await? {
        return Err(TenancyError::NotFound("second factor"));
    }
    let codes = put_codes(&mut tx, member.id, now).await?;
    tx.commit().await?;
    Ok(codes)
}

/// How many recovery codes a member has not used.
///
/// # Errors
/// The database failed.
pub async fn recovery_codes_left(tx: &mut TenantTx, member: StaffId) -> Result<i64, TenancyError> {
    Ok(recovery_codes::table
        .filter(recovery_codes::tenant_id.eq(tx.tenant()))
        .filter(recovery_codes::staff_id.eq(member))
        .filter(recovery_codes::used_at.is_null())
        .count()
        .get_result(tx.conn())
        .await?)
}

/// Ten new codes in the place of all there were.
pub(super) async fn put_codes(
    tx: &mut TenantTx,
    member: StaffId,
    now: DateTime<Utc>,
) -> Result<Vec<SecretString>, TenancyError> {
    let tenant = tx.tenant();
    drop_codes(tx, member).await?;
    let (shown, digests): (Vec<_>, Vec<_>) = (0..CODES).map(|_| mint()).unzip();
    let row = |digest: &super::recovery_code::RecoveryDigest| {
        (
            recovery_codes::tenant_id.eq(tenant),
            recovery_codes::staff_id.eq(member),
            recovery_codes::digest.eq(digest.as_bytes().to_vec()),
            recovery_codes::made_at.eq(now),
        )
    };
    let rows: Vec<_> = digests.iter().map(row).collect();
    diesel::insert_into(recovery_codes::table)
        .values(rows)
        .execute(tx.conn())
        .await?;
    Ok(shown)
}

pub(super) async fn drop_codes(tx: &mut TenantTx, member: StaffId) -> Result<(), TenancyError> {
    let theirs = recovery_codes::table
        .filter(recovery_codes::tenant_id.eq(tx.tenant()))
        .filter(recovery_codes::staff_id.eq(member));
    diesel::delete(theirs).execute(tx.conn()).await?;
    Ok(())
}
