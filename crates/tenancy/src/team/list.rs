use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::StaffId;

use super::{Invitation, InvitationId};
use crate::schema::{invitations as invitation, staff};
use crate::{Staff, TenancyError};

/// At most `limit` members of the team, who came first first, from the one after `after` on; also those who left, and none who is erased.
///
/// # Errors
/// The database failed.
pub async fn members(
    tx: &mut TenantTx,
    after: Option<StaffId>,
    limit: i64,
) -> Result<Vec<Staff>, TenancyError> {
    let mut members = staff::table
        .filter(staff::erased_at.is_null())
        .order(staff::id)
        .select(Staff::as_select())
        .limit(limit)
        .into_boxed();
    if let Some(after) = after {
        members = members.filter(staff::id.gt(after));
    }
    Ok(members.load(tx.conn()).await?)
}

/// The invitations that wait for an answer, or were not answered in time, the newest first. There are not many: a team invites
/// no more than fifty at a time.
///
/// # Errors
/// The database failed.
pub async fn unanswered_invitations(tx: &mut TenantTx) -> Result<Vec<Invitation>, TenancyError> {
    Ok(invitation::table
        .filter(invitation::accepted_at.is_null())
        .filter(invitation::withdrawn_at.is_null())
        .order(invitation::id.desc())
        .select(Invitation::as_select())
        .load(tx.conn())
        .await?)
}

/// At most `limit` invitations, the newest first, from the one after `after` on; also those that are over.
///
/// # Errors
/// The database failed.
pub async fn invitations(
    tx: &mut TenantTx,
    after: Option<InvitationId>,
    limit: i64,
) -> Result<Vec<Invitation>, TenancyError> {
    let mut found = invitation::table
        .order(invitation::id.desc())
        .select(Invitation::as_select())
        .limit(limit)
        .into_boxed();
    if let Some(after) = after {
        found = found.filter(invitation::id.lt(after));
    }
    Ok(found.load(tx.conn()).await?)
}
