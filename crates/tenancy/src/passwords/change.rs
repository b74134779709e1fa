use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::Db;
use motel_seal::Keyring;
use secrecy::SecretString;

use crate::commands::end_sessions_of;
use crate::hashing::hash_fit_password;
use crate::links::{LinkFor, spend_others};
use crate::schema::staff;
use crate::second_factor::{Proof, end_devices_of, prove};
use crate::{StaffSession, TenancyError};

/// Changes the password of somebody who is signed in and proves that it is them. Their other sessions end, no device is
/// remembered, and links that were mailed for the account are worth nothing any more.
///
/// # Errors
/// [`TenancyError::NotProven`], also for whose password was changed meanwhile; [`TenancyError::TooManyAttempts`];
/// [`TenancyError::UnfitPassword`] for the new one.
pub async fn change_password(
    db: &Db,
    keys: &Keyring,
    session: &StaffSession,
    proof: Proof<'_>,
    new: &SecretString,
    now: DateTime<Utc>,
) -> Result<(), TenancyError> {
    let member = prove(db, keys, session.claimant(), proof, now).await?;
    let hashed = hash_fit_password(new).await?;
    let mut tx = db.tenant(session.tenant).await?;
    // Whose password was changed meanwhile has shown an old one that is none any more.
    let account = staff::table
        .find((session.tenant, session.staff_id))
        .filter(staff::password_hash.eq(&member.password_hash));
    let changed = diesel::update(account)
        .set(staff::password_hash.eq(hashed))
        .execute(tx.conn())
        .await?;
    if changed == 0 {
        return Err(TenancyError::NotProven);
    }
    end_sessions_of(&mut tx, session.staff_id, Some(session.id)).await?;
    end_devices_of(&mut tx, session.staff_id, now).await?;
    spend_others(&mut tx, LinkFor::NewPassword(session.staff_id), now).await?;
    spend_others(&mut tx, LinkFor::ChangeEmail(session.staff_id), now).await?;
    Ok(tx.commit().await?)
}
