use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::StaffId;
use serde_json::{Value, json};

use super::lead::check_leads;
use super::members::locked_member;
use super::reach::reaches;
use super::traces::{asked_them, traces};
use super::{Invitation, MemberKeepers};
use crate::roles::role_titles;
use crate::schema::{invitations, sessions};
use crate::second_factor::{RememberedDevice, remembered_devices};
use crate::{OpenSession, Reach, Staff, TenancyError};

/// All that is kept on a member, here and with every keeper. Somebody else's is given out to who leads them, one's own to anybody.
///
/// # Errors
/// [`TenancyError::NotFound`], also for one who is erased; [`super::TeamRefusal::BeyondRole`].
pub async fn export_member(
    tx: &mut TenantTx,
    keepers: &MemberKeepers,
    by: StaffId,
    id: StaffId,
    now: DateTime<Utc>,
) -> Result<Value, TenancyError> {
    let member = locked_member(tx, id).await?;
    if by != id {
        check_leads(tx, by, &[member.role]).await?;
    }
    let traces = traces(tx, &member).await?;
    Ok(json!({
        "member": of_account(tx, &member).await?,
        "emails": traces.emails,
        "sessions": of_sessions(tx, id).await?,
        "remembered_devices": of_devices(tx, id, now).await?,
        "invitations": of_invitations(tx, &member, now).await?,
        "kept": keepers.kept(tx, &traces).await?,
    }))
}

async fn of_account(tx: &mut TenantTx, member: &Staff) -> Result<Value, TenancyError> {
    let titles = role_titles(tx).await?;
    let properties = match reaches(tx).await?.of(member) {
        Reach::Everywhere => None,
        Reach::Within(some) => Some(some),
    };
    Ok(json!({
        "id": member.id,
        "name": member.display_name,
        "email": member.email,
        "role": member.role,
        "role_title": titles.of(member.role),
        "properties": properties,
        "active": member.active,
        "second_factor_since": member.second_factor_at,
    }))
}

/// Open ones and ended ones, as long as they are kept.
async fn of_sessions(tx: &mut TenantTx, id: StaffId) -> Result<Vec<Value>, TenancyError> {
    let found: Vec<OpenSession> = sessions::table
        .filter(sessions::tenant_id.eq(tx.tenant()))
        .filter(sessions::staff_id.eq(id))
        .order(sessions::id)
        .select(OpenSession::as_select())
        .load(tx.conn())
        .await?;
    let session = |session: &OpenSession| {
        json!({
            "user_agent": session.user_agent,
            "address": session.address,
            "created_at": session.created_at,
            "last_seen_at": session.last_seen_at,
        })
    };
    Ok(found.iter().map(session).collect())
}

/// Where they need not show their second factor.
async fn of_devices(
    tx: &mut TenantTx,
    id: StaffId,
    now: DateTime<Utc>,
) -> Result<Vec<Value>, TenancyError> {
    let found = remembered_devices(tx, id, now).await?;
    let device = |device: &RememberedDevice| {
        json!({
            "user_agent": device.user_agent,
            "address": device.address,
            "last_used_at": device.last_used_at,
            "expires_at": device.expires_at,
        })
    };
    Ok(found.iter().map(device).collect())
}

async fn of_invitations(
    tx: &mut TenantTx,
    member: &Staff,
    now: DateTime<Utc>,
) -> Result<Vec<Value>, TenancyError> {
    let asked = asked_them(tx, member).await?;
    let found: Vec<Invitation> = invitations::table
        .filter(invitations::tenant_id.eq(tx.tenant()))
        .filter(invitations::id.eq_any(asked))
        .order(invitations::id)
        .select(Invitation::as_select())
        .load(tx.conn())
        .await?;
    let invitation = |it: &Invitation| {
        json!({
            "email": it.email,
            "role": it.role,
            "sent_at": it.sent_at,
            "state": it.state(now),
        })
    };
    Ok(found.iter().map(invitation).collect())
}
