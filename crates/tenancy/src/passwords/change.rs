use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::Db;
use secrecy::SecretString;

use crate::commands::end_sessions_of;
use crate::hashing::{hash_fit_password, verify_password};
use crate::links::{LinkFor, spend_others};
use crate::lockout::{self, Subject, Turn};
use crate::schema::staff;
use crate::{StaffSession, TenancyError};

/// What became of a change of password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasswordChange {
    /// It is changed; every other session of the member is over.
    Changed,
    /// The old password was not right.
    WrongPassword,
    /// It was wrong too often.
    TooMany {
        /// How long to wait.
        seconds: u32,
    },
}

/// Changes the password of somebody who is signed in and knows the old one. Their other sessions end, and links for a new password
/// are worth nothing any more.
///
/// # Errors
/// [`TenancyError::UnfitPassword`] for the new one.
pub async fn change_password(
    db: &Db,
    session: &StaffSession,
    old: &SecretString,
    new: &SecretString,
    now: DateTime<Utc>,
) -> Result<PasswordChange, TenancyError> {
    let subject = Subject::member(session.staff_id);
    if let Turn::Wait(seconds) = lockout::reserve(db, std::slice::from_ref(&subject), now).await? {
        return Ok(PasswordChange::TooMany { seconds });
    }
    let known = password_of(db, session).await?;
    if !verify_password(old, Some(known.clone())).await? {
        return Ok(PasswordChange::WrongPassword);
    }
    lockout::forget(db, &subject).await?;
    let hashed = hash_fit_password(new).await?;
    let mut tx = db.tenant(session.tenant).await?;
    // Whose password was changed meanwhile has shown an old one that is none any more.
    let account = staff::table
        .find((session.tenant, session.staff_id))
        .filter(staff::password_hash.eq(known));
    let changed = diesel::update(account)
        .set(staff::password_hash.eq(hashed))
        .execute(tx.conn())
        .await?;
    if changed == 0 {
        return Ok(PasswordChange::WrongPassword);
    }
    end_sessions_of(&mut tx, session.staff_id, Some(session.id)).await?;
    spend_others(&mut tx, LinkFor::NewPassword(session.staff_id), now).await?;
    tx.commit().await?;
    Ok(PasswordChange::Changed)
}

async fn password_of(db: &Db, session: &StaffSession) -> Result<String, TenancyError> {
    let mut tx = db.tenant(session.tenant).await?;
    Ok(staff::table
        .find((session.tenant, session.staff_id))
        .select(staff::password_hash)
        .first(tx.conn())
        .await?)
}
