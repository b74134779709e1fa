use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::Db;
use secrecy::SecretString;

use super::show::{Shown, show_password};
use crate::commands::end_sessions_of;
use crate::hashing::hash_fit_password;
use crate::links::{LinkFor, spend_others};
use crate::schema::staff;
use crate::second_factor::end_devices_of;
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

/// Changes the password of somebody who is signed in and knows the old one. Their other sessions end, no device is
/// remembered, and links that were mailed for the account are worth nothing any more.
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
    let known = match show_password(db, (session.tenant, session.staff_id), old, now).await? {
        Shown::Right(known) => known,
        Shown::Wrong => return Ok(PasswordChange::WrongPassword),
        Shown::TooMany { seconds } => return Ok(PasswordChange::TooMany { seconds }),
    };
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
    end_devices_of(&mut tx, session.staff_id, now).await?;
    spend_others(&mut tx, LinkFor::NewPassword(session.staff_id), now).await?;
    spend_others(&mut tx, LinkFor::ChangeEmail(session.staff_id), now).await?;
    tx.commit().await?;
    Ok(PasswordChange::Changed)
}
