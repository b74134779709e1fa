use chrono::{DateTime, Utc};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{Nullable, Timestamptz};
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{Email, StaffId};
use secrecy::SecretString;

use super::lead::check_leads;
use super::members::{check_owner_is_left, locked_member, locked_owners};
use super::reach::forget_properties;
use super::traces::{asked_them, traces};
use super::{MemberKeepers, Traces};
use crate::commands::forget_answers;
use crate::hashing::hash_password;
use crate::schema::{invitations, notices, one_use_links, sessions, staff};
use crate::second_factor::forget_member;
use crate::{Role, RoleId, Staff, TenancyError};

/// How the console calls somebody of whom nothing else is known any more.
const FORMER: &str = "A former member";

/// Overwrites for good who a member was, here and with every keeper. Their row stays, so that what they did has an author; it says only that
/// there was somebody. They are signed out everywhere.
///
/// # Errors
/// [`TenancyError::NotFound`], also for one who is erased; [`super::TeamRefusal::BeyondRole`], [`super::TeamRefusal::LastOwner`].
pub async fn erase_member(
    tx: &mut TenantTx,
    keepers: &MemberKeepers,
    by: StaffId,
    id: StaffId,
    now: DateTime<Utc>,
) -> Result<(), TenancyError> {
    let owners = locked_owners(tx).await?;
    let member = locked_member(tx, id).await?;
    check_leads(tx, by, &[member.role]).await?;
    check_owner_is_left(&owners, id)?;
    let traces = traces(tx, &member).await?;
    let stand_in = stand_in()?;
    keepers.forget(tx, &traces).await?;
    forget_rows(tx, &member, &stand_in, now).await?;
    forget_copies(tx, &traces, &stand_in).await?;
    overwrite(tx, id, &stand_in, now).await
}

/// Nobody's address: it cannot be delivered to, and cannot be guessed.
fn stand_in() -> Result<Email, TenancyError> {
    let address = format!("erased-{}@erased.invalid", uuid::Uuid::new_v4().simple());
    Email::parse(&address).map_err(TenancyError::unreadable)
}

async fn forget_rows(
    tx: &mut TenantTx,
    member: &Staff,
    stand_in: &Email,
    now: DateTime<Utc>,
) -> Result<(), TenancyError> {
    let tenant = tx.tenant();
    diesel::delete(sessions::table.filter(sessions::tenant_id.eq(tenant)))
        .filter(sessions::staff_id.eq(member.id))
        .execute(tx.conn())
        .await?;
    forget_member(tx, member.id, now).await?;
    forget_properties(tx, member.id).await?;
    diesel::delete(notices::table.filter(notices::tenant_id.eq(tenant)))
        .filter(notices::staff_id.eq(member.id))
        .execute(tx.conn())
        .await?;
    let asked = asked_them(tx, member).await?;
    let mailed = one_use_links::invitation_id.eq_any(&asked);
    diesel::delete(one_use_links::table.filter(one_use_links::tenant_id.eq(tenant)))
        .filter(one_use_links::staff_id.eq(member.id).or(mailed))
        .execute(tx.conn())
        .await?;
    let withdrawn = "CASE WHEN accepted_at IS NULL THEN coalesce(withdrawn_at, ";
    let withdrawn = sql::<Nullable<Timestamptz>>(withdrawn)
        .bind::<Timestamptz, _>(now)
        .sql(") END");
    diesel::update(invitations::table.filter(invitations::tenant_id.eq(tenant)))
        .filter(invitations::id.eq_any(&asked))
        .set((
            invitations::email.eq(stand_in),
            invitations::withdrawn_at.eq(withdrawn),
        ))
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// What is written down a second time: what happened, and answers kept to be given again.
async fn forget_copies(
    tx: &mut TenantTx,
    traces: &Traces,
    stand_in: &Email,
) -> Result<(), TenancyError> {
    for email in &traces.emails {
        motel_jobs::reword(tx, email.as_str(), stand_in.as_str()).await?;
    }
    let emails = traces.emails.iter().map(|email| email.as_str().to_owned());
    let words = [traces.id.to_string(), traces.name.clone()];
    let words: Vec<String> = words.into_iter().chain(emails).collect();
    forget_answers(tx, &words).await?;
    Ok(())
}

async fn overwrite(
    tx: &mut TenantTx,
    id: StaffId,
    stand_in: &Email,
    now: DateTime<Utc>,
) -> Result<(), TenancyError> {
    // Of a password that nobody knows.
    let secret: SecretString = hex::encode(rand::random::<[u8; 32]>()).into();
    let hashed = hash_password(&secret).await?;
    diesel::update(staff::table.find((tx.tenant(), id)))
        .set((
            staff::email.eq(stand_in),
            staff::display_name.eq(FORMER),
            staff::password_hash.eq(hashed),
            staff::active.eq(false),
            staff::role.eq(Some(Role::Housekeeping)),
            staff::role_id.eq(None::<RoleId>),
            staff::limited.eq(false),
            staff::second_factor_at.eq(None::<DateTime<Utc>>),
            staff::erased_at.eq(now),
        ))
        .execute(tx.conn())
        .await?;
    Ok(())
}
