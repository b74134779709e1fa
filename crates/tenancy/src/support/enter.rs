use chrono::{DateTime, Utc};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use diesel_async::RunQueryDsl;
use motel_db::{Db, TenantTx};

use super::SupportVisit;
use super::access::{held_access, visits};
use crate::links::{look_at_link, spend_link};
use crate::schema::staff;
use crate::{AddressedToken, LinkPurpose, Staff, TenancyError};

/// The access may have been prolonged since they were let in, and they were not.
const STAYS: &str = "EXISTS (SELECT FROM tenancy.support_visits v WHERE v.tenant_id = staff.tenant_id AND v.staff_id = staff.id AND v.ends_at > now())";

/// The visit that a link is for, as long as it can be used. Looking does not use it.
///
/// # Errors
/// The database failed.
pub async fn look_at_visit(
    db: &Db,
    token: &AddressedToken,
    now: DateTime<Utc>,
) -> Result<Option<SupportVisit>, TenancyError> {
    let mut tx = db.tenant(token.tenant()).await?;
    let link = look_at_link(&mut tx, token, LinkPurpose::Support, now).await?;
    let visit = match link.and_then(|link| link.staff_id) {
        Some(staff) => visits(&mut tx, Some(staff)).await?.pop(),
        None => None,
    };
    let visit = match held_access(&mut tx).await? {
        Some(_) => visit,
        None => None,
    };
    tx.commit().await?;
    Ok(visit)
}

/// Uses the link: answers as whom a session is to be opened in the same transaction.
///
/// # Errors
/// [`TenancyError::LinkGone`], also when the business took its word back.
pub async fn enter(
    tx: &mut TenantTx,
    token: &AddressedToken,
    now: DateTime<Utc>,
) -> Result<Staff, TenancyError> {
    held_access(tx).await?.ok_or(TenancyError::LinkGone)?;
    let link = spend_link(tx, token, LinkPurpose::Support, now).await?;
    let visitor = link.staff_id.ok_or(TenancyError::LinkGone)?;
    staff::table
        .find((tx.tenant(), visitor))
        .filter(staff::active)
        .filter(sql::<Bool>(STAYS))
        .select(Staff::as_select())
        .first(tx.conn())
        .await
        .optional()?
        .ok_or(TenancyError::LinkGone)
}
