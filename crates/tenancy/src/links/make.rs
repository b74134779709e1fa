use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::Email;
use secrecy::SecretString;

use super::{LinkFor, LinkId, OneUseLink};
use crate::events::LinkDue;
use crate::schema::one_use_links;
use crate::{AddressedToken, TenancyError};

/// A link to be.
pub(crate) struct NewLink<'a> {
    pub(crate) subject: LinkFor,
    pub(crate) email: &'a Email,
}

/// Has a link mailed once the transaction is committed.
pub(crate) async fn make_link(
    tx: &mut TenantTx,
    new: &NewLink<'_>,
    now: DateTime<Utc>,
) -> Result<LinkId, TenancyError> {
    let link_id = write_link(tx, new, now).await?;
    motel_jobs::publish(tx, &LinkDue { link_id }).await?;
    Ok(link_id)
}

/// Makes a link whose word is to be told by [`told_link`].
pub(crate) async fn write_link(
    tx: &mut TenantTx,
    new: &NewLink<'_>,
    now: DateTime<Utc>,
) -> Result<LinkId, TenancyError> {
    let link_id = LinkId::fresh();
    let purpose = new.subject.purpose();
    let row = (
        one_use_links::tenant_id.eq(tx.tenant()),
        one_use_links::id.eq(link_id),
        one_use_links::purpose.eq(purpose),
        one_use_links::staff_id.eq(new.subject.staff()),
        one_use_links::invitation_id.eq(new.subject.invitation()),
        one_use_links::email.eq(new.email),
        one_use_links::created_at.eq(now),
        one_use_links::expires_at.eq(now + purpose.lasts()),
    );
    diesel::insert_into(one_use_links::table)
        .values(row)
        .execute(tx.conn())
        .await?;
    Ok(link_id)
}

/// Makes the word that a link carries, to be mailed now: nobody can look it up later, and the one before it works no more.
/// `None` when the link was used, is over, or is not there.
///
/// # Errors
/// The database failed.
pub async fn told_link(
    tx: &mut TenantTx,
    id: LinkId,
    now: DateTime<Utc>,
) -> Result<Option<(OneUseLink, SecretString)>, TenancyError> {
    let link = one_use_links::table
        .find((tx.tenant(), id))
        .select(OneUseLink::as_select())
        .for_no_key_update()
        .first(tx.conn())
        .await
        .optional()?;
    let Some(link) = link.filter(|link| link.is_good(now)) else {
        return Ok(None);
    };
    let (token, word) = AddressedToken::mint(tx.tenant());
    diesel::update(one_use_links::table.find((tx.tenant(), id)))
        .set(one_use_links::digest.eq(token.digest()))
        .execute(tx.conn())
        .await?;
    Ok(Some((link, word)))
}
