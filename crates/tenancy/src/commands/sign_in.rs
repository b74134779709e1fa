use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::Db;
use motel_kernel::Email;
use secrecy::{ExposeSecret, SecretString};

use crate::hashing::{Seat, hash_password, verify_password};
use crate::model::PasswordHash;
use crate::rules::{PASSWORD_LENGTH, is_outdated};
use crate::schema::{staff, tenants};
use crate::{Staff, TenancyError, TenantState};

/// Whose credentials these are, if anybody's: for them a session may be opened. An unknown address, a wrong password and a member who may no
/// longer sign in are one answer, after the same amount of work.
///
/// Nothing is counted here, and no second factor asked for: strangers try by [`super::admit`].
///
/// # Errors
/// The database failed.
pub(super) async fn sign_in(
    _seat: Seat,
    db: &Db,
    email: &str,
    password: &SecretString,
) -> Result<Option<Staff>, TenancyError> {
    // Longer than any password can be: no work is owed to it.
    if password.expose_secret().len() > 4 * PASSWORD_LENGTH.end() {
        return Ok(None);
    }
    let member = match Email::parse(email) {
        Ok(email) => find(db, &email).await?,
        Err(_) => None,
    };
    let hashed = member.as_ref().map(|it| it.password_hash.0.clone());
    let matches = verify_password(password, hashed).await?;
    match member.filter(|member| matches && member.active) {
        Some(member) if is_outdated(&member.password_hash.0) => {
            hash_anew(db, member, password).await.map(Some)
        }
        member => Ok(member),
    }
}

/// The connection is given back before the slow comparison begins.
async fn find(db: &Db, email: &Email) -> Result<Option<Staff>, TenancyError> {
    let mut tx = db.platform("sign-in").await?;
    let found = staff::table
        .inner_join(tenants::table.on(tenants::tenant_id.eq(staff::tenant_id)))
        .filter(tenants::state.ne(TenantState::Deleted))
        .filter(staff::email.eq(email))
        .select(Staff::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    tx.commit().await?;
    Ok(found)
}

/// What hashing costs was changed since this password was hashed, and now it is known.
async fn hash_anew(
    db: &Db,
    mut member: Staff,
    password: &SecretString,
) -> Result<Staff, TenancyError> {
    let hashed = PasswordHash(hash_password(password).await?);
    let mut tx = db.tenant(member.tenant_id).await?;
    let account = staff::table
        .find((member.tenant_id, member.id))
        .filter(staff::password_hash.eq(&member.password_hash));
    let kept = diesel::update(account)
        .set(staff::password_hash.eq(&hashed))
        .execute(tx.conn())
        .await?;
    tx.commit().await?;
    if kept == 1 {
        member.password_hash = hashed;
    }
    Ok(member)
}
