use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::{Db, TenantTx};
use motel_kernel::{Email, StaffId};

use super::invite::locked_open;
use super::lead::check_leads;
use super::{Invitation, InvitationId, NewMember, TeamRefusal};
use crate::hashing::hash_fit_password;
use crate::links::{LinkFor, look_at_link, spend_link, spend_others};
use crate::roles::held_role;
use crate::schema::{invitations, staff};
use crate::{
    AddressedToken, HeldRole, LinkPurpose, RoleRef, Staff, TenancyError, TenantState, queries,
};

const PURPOSE: LinkPurpose = LinkPurpose::Invitation;

/// What somebody sees who follows an invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvitationLook {
    /// What the business calls itself.
    pub business: String,
    /// What they will sign in with.
    pub email: Email,
    /// What they will be there for.
    pub role: HeldRole,
}

/// The invitation behind a link, as long as it can be accepted. Looking does not accept it.
///
/// # Errors
/// The database failed.
pub async fn look_at_invitation(
    db: &Db,
    token: &AddressedToken,
    now: DateTime<Utc>,
) -> Result<Option<InvitationLook>, TenancyError> {
    let mut tx = db.tenant(token.tenant()).await?;
    let Some(id) = invitation_of(&mut tx, token, now).await? else {
        return Ok(None);
    };
    let (email, role): (Email, RoleRef) = invitations::table
        .find((tx.tenant(), id))
        .select((
            invitations::email,
            (invitations::role, invitations::role_id),
        ))
        .first(tx.conn())
        .await?;
    let role = held_role(&mut tx, role).await?;
    let tenant = queries::tenant(&mut tx).await?;
    Ok(tenant.map(|tenant| InvitationLook {
        business: tenant.name,
        email,
        role,
    }))
}

/// Takes up an invitation: there is an account now, in the role that was said.
///
/// # Errors
/// [`TenancyError::LinkGone`]; [`TenancyError::UnfitPassword`] and [`TenancyError::EmailTaken`], after which the link can still be
/// used.
pub async fn accept_invitation(
    db: &Db,
    token: &AddressedToken,
    new: &NewMember,
    now: DateTime<Utc>,
) -> Result<Staff, TenancyError> {
    // Nobody makes us hash with a link that is good for nothing.
    let mut tx = db.tenant(token.tenant()).await?;
    if invitation_of(&mut tx, token, now).await?.is_none() {
        return Err(TenancyError::LinkGone);
    }
    drop(tx);
    let hashed = hash_fit_password(&new.password).await?;
    let mut tx = db.tenant(token.tenant()).await?;
    // The invitation first, then its links: as everybody does who holds both.
    let id = invitation_of(&mut tx, token, now).await?;
    let id = id.ok_or(TenancyError::LinkGone)?;
    let invitation = locked_open(&mut tx, id)
        .await
        .map_err(|error| match error {
            TenancyError::Team(TeamRefusal::InvitationOver) => TenancyError::LinkGone,
            other => other,
        })?;
    spend_link(&mut tx, token, PURPOSE, now).await?;
    still_led(&mut tx, &invitation).await?;
    let row = (
        staff::tenant_id.eq(tx.tenant()),
        staff::id.eq(StaffId::new()),
        staff::email.eq(&invitation.email),
        staff::password_hash.eq(hashed),
        staff::display_name.eq(new.name.as_str()),
        staff::role.eq(invitation.role.word()),
        staff::role_id.eq(invitation.role.id()),
    );
    let member = diesel::insert_into(staff::table)
        .values(row)
        .on_conflict_do_nothing()
        .returning(Staff::as_returning())
        .get_result(tx.conn())
        .await
        .optional()?
        .ok_or(TenancyError::EmailTaken)?;
    spend_others(&mut tx, LinkFor::Invitation(id), now).await?;
    diesel::update(invitations::table.find((tx.tenant(), id)))
        .set((
            invitations::accepted_at.eq(now),
            invitations::accepted_by.eq(member.id),
        ))
        .execute(tx.conn())
        .await?;
    tx.commit().await?;
    Ok(member)
}

/// What somebody asked for who may not any more, or is gone, counts for nothing.
async fn still_led(tx: &mut TenantTx, invitation: &Invitation) -> Result<(), TenancyError> {
    let led = check_leads(tx, invitation.invited_by, &[invitation.role]).await;
    led.map_err(|error| match error {
        TenancyError::Team(TeamRefusal::BeyondRole) => TenancyError::LinkGone,
        other => other,
    })
}

async fn invitation_of(
    tx: &mut TenantTx,
    token: &AddressedToken,
    now: DateTime<Utc>,
) -> Result<Option<InvitationId>, TenancyError> {
    // A business that is suspended takes in nobody until it is restored; the link waits.
    let tenant = queries::tenant(tx).await?;
    if tenant.is_none_or(|it| it.standing.state != TenantState::Active) {
        return Ok(None);
    }
    let link = look_at_link(tx, token, PURPOSE, now).await?;
    Ok(link.and_then(|link| link.invitation_id))
}
