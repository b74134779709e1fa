use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::StaffId;
use uuid::Uuid;

use crate::commands::hold_unchanged;
use crate::schema::{staff, tenants};
use crate::second_factor::challenge::{close, find};
use crate::{AddressedToken, Staff, TenancyError, TenantState};

/// The member whose passkey was just found right, if they may sign in. It lets them in without password and code: for nobody else to call.
///
/// # Errors
/// The database failed.
pub async fn member_by_passkey(
    tx: &mut TenantTx,
    member: StaffId,
) -> Result<Option<Staff>, TenancyError> {
    Ok(staff::table
        .inner_join(tenants::table.on(tenants::tenant_id.eq(staff::tenant_id)))
        .filter(staff::tenant_id.eq(tx.tenant()))
        .filter(staff::id.eq(member))
        .filter(staff::active)
        .filter(tenants::state.ne(TenantState::Deleted))
        .select(Staff::as_select())
        .first(tx.conn())
        .await
        .optional()?)
}

/// A sign-in that waits for a second factor. Who it is comes out by [`close_challenge`] only.
#[derive(Debug)]
pub struct Challenged {
    id: Uuid,
    member: Staff,
}

impl Challenged {
    /// Which sign-in.
    pub fn id(&self) -> Uuid {
        self.id
    }

    /// Who is asked.
    pub fn member(&self) -> StaffId {
        self.member.id
    }
}

/// The sign-in of a word, while it waits.
///
/// # Errors
/// The database failed.
pub async fn find_challenge(
    tx: &mut TenantTx,
    word: &AddressedToken,
    now: DateTime<Utc>,
) -> Result<Option<Challenged>, TenancyError> {
    let found = find(tx, word, now).await?;
    Ok(found.map(|(id, member)| Challenged { id, member }))
}

/// Nobody changes who is asked until the transaction is over; answers whether nobody did since.
///
/// # Errors
/// The database failed.
pub async fn hold_challenge(tx: &mut TenantTx, asked: &Challenged) -> Result<bool, TenancyError> {
    match hold_unchanged(tx, &asked.member).await {
        Ok(()) => Ok(true),
        Err(TenancyError::NotFound(_)) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Answers a sign-in whose member has just shown a passkey of theirs; `None` when somebody answered it before.
///
/// # Errors
/// The database failed.
pub async fn close_challenge(
    tx: &mut TenantTx,
    asked: Challenged,
    now: DateTime<Utc>,
) -> Result<Option<Staff>, TenancyError> {
    let closed = close(tx, asked.id, now).await?;
    Ok(closed.then_some(asked.member))
}
