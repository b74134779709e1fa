use std::net::IpAddr;

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::{Db, TenantTx};
use motel_kernel::{Email, StaffId, TenantId};

use crate::links::{LinkFor, NewLink, make_link};
use crate::lockout::{self, Subject, Turn};
use crate::schema::{one_use_links, staff, tenants};
use crate::{LinkPurpose, TenancyError, TenantState};

/// So many mails somebody gets within an hour, however often they are asked for.
const MOST_MAILS: i64 = 3;

/// What became of a question for a new password. It tells nothing about the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// Who has an account gets a mail.
    Noted,
    /// Too many were asked for from there.
    TooMany {
        /// How long to wait.
        seconds: u32,
    },
}

/// Has a link mailed to whoever signs in with this address, if anybody does and still may: at most three in an hour.
///
/// # Errors
/// The database failed.
pub async fn ask_for_password(
    db: &Db,
    email: &Email,
    address: IpAddr,
    now: DateTime<Utc>,
) -> Result<Asked, TenancyError> {
    match lockout::reserve(db, &[Subject::asker(address)], now).await? {
        Turn::Wait(seconds) => return Ok(Asked::TooMany { seconds }),
        Turn::Granted => {}
    }
    if let Some((tenant, member)) = member_of(db, email).await? {
        let mut tx = db.tenant(tenant).await?;
        if mails_lately(&mut tx, member, now).await? < MOST_MAILS {
            let new = NewLink {
                subject: LinkFor::NewPassword(member),
                email,
            };
            make_link(&mut tx, &new, now).await?;
            tx.commit().await?;
        }
    }
    Ok(Asked::Noted)
}

async fn member_of(db: &Db, email: &Email) -> Result<Option<(TenantId, StaffId)>, TenancyError> {
    let mut tx = db.platform("password asked for").await?;
    let found = staff::table
        .inner_join(tenants::table.on(tenants::tenant_id.eq(staff::tenant_id)))
        .filter(tenants::state.ne(TenantState::Deleted))
        .filter(staff::email.eq(email))
        .filter(staff::active)
        .select((staff::tenant_id, staff::id))
        .first(tx.conn())
        .await
        .optional()?;
    tx.commit().await?;
    Ok(found)
}

async fn mails_lately(
    tx: &mut TenantTx,
    member: StaffId,
    now: DateTime<Utc>,
) -> Result<i64, TenancyError> {
    // Whoever asks twice at once takes turns.
    staff::table
        .find((tx.tenant(), member))
        .select(staff::id)
        .for_no_key_update()
        .first::<StaffId>(tx.conn())
        .await?;
    Ok(one_use_links::table
        .filter(one_use_links::staff_id.eq(member))
        .filter(one_use_links::purpose.eq(LinkPurpose::ResetPassword))
        .filter(one_use_links::created_at.gt(now - TimeDelta::hours(1)))
        .count()
        .get_result(tx.conn())
        .await?)
}
