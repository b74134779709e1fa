use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::StaffId;

use super::TeamRefusal;
use super::lead::check_leads;
use super::reach::forget_properties;
use crate::account::{NewNotice, NoticeKind, make_notice};
use crate::commands::end_sessions_of;
use crate::links::{LinkFor, spend_others};
use crate::schema::staff;
use crate::second_factor::{clear, end_devices_of};
use crate::{Role, RoleRef, Staff, TenancyError};

/// What is to be different about a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MemberChange {
    /// They are there for something else now.
    Role(RoleRef),
    /// They may sign in again.
    Activate,
    /// They may not sign in any more: every session of theirs is over at once.
    Deactivate,
    /// They lost their second factor: the password alone signs them in, every session of theirs is over, and they are told by mail.
    TakeOffSecondFactor,
}

/// Changes a member of the team. What is so already changes nothing.
///
/// Two owners who let go of each other at the same moment take turns, and the second is refused.
///
/// # Errors
/// [`TenancyError::NotFound`]; [`TeamRefusal::BeyondRole`], [`TeamRefusal::LastOwner`], [`TeamRefusal::OwnAccount`].
pub async fn change_member(
    tx: &mut TenantTx,
    by: StaffId,
    id: StaffId,
    change: MemberChange,
    now: DateTime<Utc>,
) -> Result<Staff, TenancyError> {
    let owners = locked_owners(tx).await?;
    let member = locked_member(tx, id).await?;
    let role = match change {
        MemberChange::Role(role) => role,
        MemberChange::Activate | MemberChange::Deactivate | MemberChange::TakeOffSecondFactor => {
            member.role
        }
    };
    check_leads(tx, by, &[member.role, role]).await?;
    if change == MemberChange::TakeOffSecondFactor {
        return take_off_second_factor(tx, by, member, now).await;
    }
    let active = match change {
        MemberChange::Role(_) | MemberChange::TakeOffSecondFactor => member.active,
        MemberChange::Activate => true,
        MemberChange::Deactivate => false,
    };
    let stays_owner = active && role == Role::Owner;
    if !stays_owner {
        check_owner_is_left(&owners, id)?;
    }
    if !active {
        end_sessions_of(tx, id, None).await?;
        end_devices_of(tx, id, now).await?;
        spend_others(tx, LinkFor::NewPassword(id), now).await?;
        spend_others(tx, LinkFor::ChangeEmail(id), now).await?;
    }
    if role == Role::Owner {
        forget_properties(tx, id).await?;
    }
    Ok(diesel::update(staff::table.find((tx.tenant(), id)))
        .set((
            staff::role.eq(role.word()),
            staff::role_id.eq(role.id()),
            staff::limited.eq(member.limited && role != Role::Owner),
            staff::active.eq(active),
        ))
        .returning(Staff::as_returning())
        .get_result(tx.conn())
        .await?)
}

/// Refuses when the owner who is to go is the only one.
pub(super) fn check_owner_is_left(owners: &[StaffId], goes: StaffId) -> Result<(), TeamRefusal> {
    match owners {
        [only] if *only == goes => Err(TeamRefusal::LastOwner),
        _ => Ok(()),
    }
}

/// Of a member whose row is held. Their own takes password and code, so that a session left open does not weaken an account.
async fn take_off_second_factor(
    tx: &mut TenantTx,
    by: StaffId,
    member: Staff,
    now: DateTime<Utc>,
) -> Result<Staff, TenancyError> {
    if by == member.id {
        return Err(TeamRefusal::OwnAccount.into());
    }
    if member.second_factor_at.is_none() {
        return Ok(member);
    }
    let changed: Staff = diesel::update(staff::table.find((tx.tenant(), member.id)))
        .set(staff::second_factor_at.eq(None::<DateTime<Utc>>))
        .returning(Staff::as_returning())
        .get_result(tx.conn())
        .await?;
    clear(tx, member.id, now).await?;
    end_sessions_of(tx, member.id, None).await?;
    // Whoever had the account may have had them mailed.
    spend_others(tx, LinkFor::NewPassword(member.id), now).await?;
    spend_others(tx, LinkFor::ChangeEmail(member.id), now).await?;
    let notice = NewNotice {
        member: member.id,
        kind: NoticeKind::SecondFactorTakenOff,
        email: &member.email,
    };
    make_notice(tx, &notice, now).await?;
    Ok(changed)
}

/// The owners who may sign in; none of them changes until the transaction is over. Who changes a member takes them first, so all wait
/// for one another.
pub(crate) async fn locked_owners(tx: &mut TenantTx) -> Result<Vec<StaffId>, TenancyError> {
    Ok(staff::table
        .filter(staff::role.eq(Role::Owner))
        .filter(staff::active)
        .order(staff::id)
        .select(staff::id)
        .for_no_key_update()
        .load(tx.conn())
        .await?)
}

/// The member, whom nobody else changes until the transaction is over. Who is erased is not there.
pub(super) async fn locked_member(tx: &mut TenantTx, id: StaffId) -> Result<Staff, TenancyError> {
    staff::table
        .find((tx.tenant(), id))
        .filter(staff::erased_at.is_null())
        .select(Staff::as_select())
        .for_no_key_update()
        .first(tx.conn())
        .await
        .optional()?
        .ok_or(TenancyError::NotFound("member"))
}
