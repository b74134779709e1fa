use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::Db;
use motel_kernel::{StaffId, TenantId};
use secrecy::SecretString;

use crate::TenancyError;
use crate::hashing::verify_password;
use crate::lockout::{self, Subject, Turn};
use crate::schema::staff;

/// What a password shown again is worth.
pub(crate) enum Shown {
    /// It is theirs, and this its hash.
    Right(String),
    /// It is not.
    Wrong,
    /// It was wrong too often.
    TooMany { seconds: u32 },
}

/// Has somebody who is signed in show their password again. Guesses are counted like those of who changes it.
pub(crate) async fn show_password(
    db: &Db,
    (tenant, member): (TenantId, StaffId),
    password: &SecretString,
    now: DateTime<Utc>,
) -> Result<Shown, TenancyError> {
    let subject = Subject::member(member);
    if let Turn::Wait(seconds) = lockout::reserve(db, std::slice::from_ref(&subject), now).await? {
        return Ok(Shown::TooMany { seconds });
    }
    let mut tx = db.tenant(tenant).await?;
    let hashed: String = staff::table
        .find((tenant, member))
        .select(staff::password_hash)
        .first(tx.conn())
        .await?;
    tx.commit().await?;
    if !verify_password(password, Some(hashed.clone())).await? {
        return Ok(Shown::Wrong);
    }
    lockout::forget(db, &subject).await?;
    Ok(Shown::Right(hashed))
}
