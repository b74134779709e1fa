use chrono::{DateTime, Utc};
use diesel::dsl::sql;
use diesel::expression::SqlLiteral;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;

use super::{LinkFor, LinkPurpose, OneUseLink};
use crate::schema::one_use_links;
use crate::{AddressedToken, TenancyError};

/// The link that a token opens, as long as it can be used. Looking does not use it: mail programs look at links, too.
pub(crate) async fn look_at_link(
    tx: &mut TenantTx,
    token: &AddressedToken,
    purpose: LinkPurpose,
    now: DateTime<Utc>,
) -> Result<Option<OneUseLink>, TenancyError> {
    let found = one_use_links::table
        .filter(one_use_links::digest.eq(token.digest()))
        .filter(one_use_links::purpose.eq(purpose))
        .filter(business_is_there())
        .select(OneUseLink::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    Ok(found.filter(|link| link.is_good(now)))
}

/// A deleted business's links lead nowhere.
fn business_is_there() -> SqlLiteral<Bool> {
    sql(
        "EXISTS (SELECT FROM tenancy.tenants t WHERE t.tenant_id = one_use_links.tenant_id AND t.state <> 'deleted')",
    )
}

/// Uses a link. Who comes second waits for the row and then finds it used.
pub(crate) async fn spend_link(
    tx: &mut TenantTx,
    token: &AddressedToken,
    purpose: LinkPurpose,
    now: DateTime<Utc>,
) -> Result<OneUseLink, TenancyError> {
    let good = one_use_links::table
        .filter(one_use_links::digest.eq(token.digest()))
        .filter(one_use_links::purpose.eq(purpose))
        .filter(one_use_links::used_at.is_null())
        .filter(one_use_links::expires_at.gt(now))
        .filter(business_is_there());
    diesel::update(good)
        .set(one_use_links::used_at.eq(now))
        .returning(OneUseLink::as_returning())
        .get_result(tx.conn())
        .await
        .optional()?
        .ok_or(TenancyError::LinkGone)
}

/// Makes all links that are for the same worthless: one of them did it, or it is not wanted any more.
pub(crate) async fn spend_others(
    tx: &mut TenantTx,
    subject: LinkFor,
    now: DateTime<Utc>,
) -> Result<(), TenancyError> {
    let others = one_use_links::table
        .filter(one_use_links::tenant_id.eq(tx.tenant()))
        .filter(one_use_links::purpose.eq(subject.purpose()))
        .filter(one_use_links::used_at.is_null());
    let used = one_use_links::used_at.eq(now);
    match subject {
        LinkFor::NewPassword(staff) | LinkFor::ChangeEmail(staff) | LinkFor::Support(staff) => {
            let theirs = others.filter(one_use_links::staff_id.eq(staff));
            diesel::update(theirs).set(used).execute(tx.conn()).await?
        }
        LinkFor::Invitation(invitation) => {
            let its = others.filter(one_use_links::invitation_id.eq(invitation));
            diesel::update(its).set(used).execute(tx.conn()).await?
        }
    };
    Ok(())
}
