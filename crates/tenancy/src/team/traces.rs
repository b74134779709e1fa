use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::Email;

use super::{InvitationId, Traces};
use crate::schema::{invitations, one_use_links};
use crate::{Staff, TenancyError};

/// Everything by which a member may be known: their address now, and those to which invitations and links of theirs went.
pub(super) async fn traces(tx: &mut TenantTx, member: &Staff) -> Result<Traces, TenancyError> {
    let asked: Vec<Email> = invitations::table
        .filter(invitations::tenant_id.eq(tx.tenant()))
        .filter(invitations::accepted_by.eq(member.id))
        .select(invitations::email)
        .load(tx.conn())
        .await?;
    let linked: Vec<Email> = one_use_links::table
        .filter(one_use_links::tenant_id.eq(tx.tenant()))
        .filter(one_use_links::staff_id.eq(member.id))
        .select(one_use_links::email)
        .load(tx.conn())
        .await?;
    let mut emails = vec![member.email.clone()];
    emails.extend(asked.into_iter().chain(linked));
    emails.sort_by(|a, b| a.as_str().cmp(b.as_str()));
    emails.dedup();
    Ok(Traces {
        id: member.id,
        name: member.display_name.clone(),
        emails,
    })
}

/// The invitations that asked this member: what they accepted, and what went to the address they have now, which is nobody else's. Who was
/// asked at an address that they had before is somebody else.
pub(super) async fn asked_them(
    tx: &mut TenantTx,
    member: &Staff,
) -> Result<Vec<InvitationId>, TenancyError> {
    let waits = invitations::accepted_by
        .is_null()
        .and(invitations::email.eq(&member.email));
    Ok(invitations::table
        .filter(invitations::tenant_id.eq(tx.tenant()))
        .filter(invitations::accepted_by.eq(member.id).or(waits))
        .select(invitations::id)
        .load(tx.conn())
        .await?)
}
