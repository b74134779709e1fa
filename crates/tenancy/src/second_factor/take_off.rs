use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::{Db, TenantTx};
use motel_kernel::StaffId;
use motel_seal::Keyring;

use super::renew::drop_codes;
use super::{
    Proof, drop_passkeys, end_devices_of, fall_back_on_passkeys, has_authenticator, prove,
};
use crate::commands::end_sessions_of;
use crate::schema::{second_factors, staff};
use crate::{StaffSession, TenancyError};

/// Turns one's own authenticator off: signing in takes the password alone, or a passkey of theirs as well. Every other session ends, and no
/// device is remembered.
///
/// # Errors
/// [`TenancyError::NotProven`], [`TenancyError::TooManyAttempts`]; [`TenancyError::NotFound`] for who has none.
pub async fn turn_off(
    db: &Db,
    keys: &Keyring,
    session: &StaffSession,
    proof: Proof<'_>,
    now: DateTime<Utc>,
) -> Result<(), TenancyError> {
    let member = prove(db, keys, session.claimant(), proof, now).await?;
    let mut tx = db.tenant(session.tenant).await?;
    // Whose password or second factor was changed meanwhile has shown one that is none any more.
    let account = staff::table
        .find((session.tenant, session.staff_id))
        .filter(staff::password_hash.eq(&member.password_hash))
        .filter(staff::second_factor_at.is_not_null())
        .filter(staff::second_factor_at.is_not_distinct_from(member.second_factor_at));
    let held = diesel::update(account)
        .set(staff::second_factor_at.eq(None::<DateTime<Utc>>))
        .execute(tx.conn())
        .await?;
    if held == 0 {
        return Err(TenancyError::NotFound("second factor"));
    }
    if !has_authenticator(&mut tx, member.id).await? {
        return Err(TenancyError::NotFound("second factor"));
    }
    clear_authenticator(&mut tx, member.id, now).await?;
    fall_back_on_passkeys(&mut tx, member.id).await?;
    end_sessions_of(&mut tx, member.id, Some(session.id)).await?;
    Ok(tx.commit().await?)
}

/// Forgets all of a member's second factor, their passkeys too; the caller holds their row and has marked it.
pub(crate) async fn clear(
    tx: &mut TenantTx,
    member: StaffId,
    now: DateTime<Utc>,
) -> Result<(), TenancyError> {
    clear_authenticator(tx, member, now).await?;
    drop_passkeys(tx, member).await
}

async fn clear_authenticator(
    tx: &mut TenantTx,
    member: StaffId,
    now: DateTime<Utc>,
) -> Result<(), TenancyError> {
    let tenant = tx.tenant();
    // The factor first, then its codes: as for who shows one.
    second_factors::table
        .find((tenant, member))
        .select(second_factors::staff_id)
        .for_update()
        .first::<StaffId>(tx.conn())
        .await
        .optional()?;
    drop_codes(tx, member).await?;
    diesel::delete(second_factors::table.find((tenant, member)))
        .execute(tx.conn())
        .await?;
    end_devices_of(tx, member, now).await
}
