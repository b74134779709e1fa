use chrono::{DateTime, Utc};
use diesel::dsl::exists;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{Email, StaffId};

use super::lead::check_leads;
use super::{Invitation, InvitationId, NewInvitation, TeamRefusal};
use crate::links::{LinkFor, NewLink, make_link, spend_others};
use crate::schema::{invitations, staff};
use crate::{LinkPurpose, TenancyError};

/// The most invitations of one business that are open at a time.
const MOST_OPEN: i64 = 50;

/// Asks somebody to join; the invitation is mailed once the transaction is committed. An address that signs in to another business is
/// found out by [`super::is_taken_elsewhere`] before, or else when they accept.
///
/// # Errors
/// [`TeamRefusal::BeyondRole`], [`TeamRefusal::AlreadyMember`], [`TeamRefusal::AlreadyInvited`] and
/// [`TeamRefusal::TooManyInvitations`].
pub async fn invite(
    tx: &mut TenantTx,
    by: StaffId,
    new: &NewInvitation,
    now: DateTime<Utc>,
) -> Result<Invitation, TenancyError> {
    check_leads(tx, by, &[new.role]).await?;
    if is_member(tx, &new.email).await? {
        return Err(TeamRefusal::AlreadyMember.into());
    }
    if open(tx).await? >= MOST_OPEN {
        return Err(TeamRefusal::TooManyInvitations.into());
    }
    let row = (
        invitations::tenant_id.eq(tx.tenant()),
        invitations::id.eq(InvitationId::fresh()),
        invitations::email.eq(&new.email),
        invitations::role.eq(new.role.word()),
        invitations::role_id.eq(new.role.id()),
        invitations::invited_by.eq(by),
        invitations::created_at.eq(now),
        invitations::sent_at.eq(now),
        invitations::expires_at.eq(now + LinkPurpose::Invitation.lasts()),
    );
    let invitation = diesel::insert_into(invitations::table)
        .values(row)
        .on_conflict_do_nothing()
        .returning(Invitation::as_returning())
        .get_result(tx.conn())
        .await
        .optional()?
        .ok_or(TeamRefusal::AlreadyInvited)?;
    mail(tx, &invitation, now).await?;
    Ok(invitation)
}

/// Sends an invitation again, good for as long as a new one; links that were mailed before work no more.
///
/// # Errors
/// [`TenancyError::NotFound`]; [`TeamRefusal::InvitationOver`], [`TeamRefusal::BeyondRole`].
pub async fn resend_invitation(
    tx: &mut TenantTx,
    by: StaffId,
    id: InvitationId,
    now: DateTime<Utc>,
) -> Result<Invitation, TenancyError> {
    let invitation = locked_open(tx, id).await?;
    check_leads(tx, by, &[invitation.role]).await?;
    spend_others(tx, LinkFor::Invitation(id), now).await?;
    let invitation = diesel::update(invitations::table.find((tx.tenant(), id)))
        .set((
            invitations::invited_by.eq(by),
            invitations::sent_at.eq(now),
            invitations::expires_at.eq(now + LinkPurpose::Invitation.lasts()),
        ))
        .returning(Invitation::as_returning())
        .get_result(tx.conn())
        .await?;
    mail(tx, &invitation, now).await?;
    Ok(invitation)
}

/// Takes an invitation back: its links work no more.
///
/// # Errors
/// As for [`resend_invitation`].
pub async fn withdraw_invitation(
    tx: &mut TenantTx,
    by: StaffId,
    id: InvitationId,
    now: DateTime<Utc>,
) -> Result<Invitation, TenancyError> {
    let invitation = locked_open(tx, id).await?;
    check_leads(tx, by, &[invitation.role]).await?;
    spend_others(tx, LinkFor::Invitation(id), now).await?;
    Ok(diesel::update(invitations::table.find((tx.tenant(), id)))
        .set(invitations::withdrawn_at.eq(now))
        .returning(Invitation::as_returning())
        .get_result(tx.conn())
        .await?)
}

async fn mail(
    tx: &mut TenantTx,
    invitation: &Invitation,
    now: DateTime<Utc>,
) -> Result<(), TenancyError> {
    let new = NewLink {
        subject: LinkFor::Invitation(invitation.id),
        email: &invitation.email,
    };
    make_link(tx, &new, now).await?;
    Ok(())
}

/// The invitation, which nobody else changes until the transaction is over.
pub(super) async fn locked_open(
    tx: &mut TenantTx,
    id: InvitationId,
) -> Result<Invitation, TenancyError> {
    let invitation = invitations::table
        .find((tx.tenant(), id))
        .select(Invitation::as_select())
        .for_no_key_update()
        .first(tx.conn())
        .await
        .optional()?
        .ok_or(TenancyError::NotFound("invitation"))?;
    if invitation.accepted_at.is_some() || invitation.withdrawn_at.is_some() {
        return Err(TeamRefusal::InvitationOver.into());
    }
    Ok(invitation)
}

async fn is_member(tx: &mut TenantTx, email: &Email) -> Result<bool, TenancyError> {
    let theirs = staff::table.filter(staff::email.eq(email));
    Ok(diesel::select(exists(theirs)).get_result(tx.conn()).await?)
}

async fn open(tx: &mut TenantTx) -> Result<i64, TenancyError> {
    Ok(invitations::table
        .filter(invitations::accepted_at.is_null())
        .filter(invitations::withdrawn_at.is_null())
        .count()
        .get_result(tx.conn())
        .await?)
}
