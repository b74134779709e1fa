use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::Db;
use motel_kernel::{Email, StaffId};
use secrecy::SecretString;

use crate::commands::end_sessions_of;
use crate::hashing::hash_fit_password;
use crate::links::{LinkFor, look_at_link, spend_link, spend_others};
use crate::lockout::{self, Subject};
use crate::schema::staff;
use crate::second_factor::end_devices_of;
use crate::{AddressedToken, LinkPurpose, TenancyError};

const PURPOSE: LinkPurpose = LinkPurpose::ResetPassword;

/// Whether a link can still be used for a new password. Looking does not use it.
///
/// # Errors
/// The database failed.
pub async fn may_reset(
    db: &Db,
    token: &AddressedToken,
    now: DateTime<Utc>,
) -> Result<bool, TenancyError> {
    let mut tx = db.tenant(token.tenant()).await?;
    Ok(look_at_link(&mut tx, token, PURPOSE, now).await?.is_some())
}

/// Gives the member a new password and signs them out everywhere. The link and every other one like it is used; failures that
/// were counted of the account are forgotten.
///
/// # Errors
/// [`TenancyError::LinkGone`], also for a member who may not sign in any more; [`TenancyError::UnfitPassword`], after which the
/// link can still be used.
pub async fn reset_password(
    db: &Db,
    token: &AddressedToken,
    password: &SecretString,
    now: DateTime<Utc>,
) -> Result<(), TenancyError> {
    // Nobody makes us hash with a link that is good for nothing.
    if !may_reset(db, token, now).await? {
        return Err(TenancyError::LinkGone);
    }
    let hashed = hash_fit_password(password).await?;
    let mut tx = db.tenant(token.tenant()).await?;
    let link = look_at_link(&mut tx, token, PURPOSE, now).await?;
    let member = link.and_then(|link| link.staff_id);
    let member = member.ok_or(TenancyError::LinkGone)?;
    let account = staff::table
        .find((tx.tenant(), member))
        .filter(staff::active);
    let (id, email): (StaffId, Email) = diesel::update(account)
        .set(staff::password_hash.eq(hashed))
        .returning((staff::id, staff::email))
        .get_result(tx.conn())
        .await
        .optional()?
        .ok_or(TenancyError::LinkGone)?;
    // The account first, then its links: as everybody does who holds both.
    spend_link(&mut tx, token, PURPOSE, now).await?;
    spend_others(&mut tx, LinkFor::NewPassword(id), now).await?;
    spend_others(&mut tx, LinkFor::ChangeEmail(id), now).await?;
    end_sessions_of(&mut tx, id, None).await?;
    end_devices_of(&mut tx, id, now).await?;
    tx.commit().await?;
    lockout::forget(db, &Subject::account(email.as_str())).await
}
