use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{Actor, PaymentLinkId};

use super::payment_link::withdraw;
use super::turn::take_turn_on;
use crate::schema::revocations;
use crate::{BillingError, LinkStatus, Payment, queries};

/// Withdraws an open payment link, so that a new one can be made. Its gateway is told once this is committed; until then,
/// and where a gateway cannot close pages, its page may still be paid: that is posted, and owed back if nothing was due.
///
/// A link that is withdrawn stays so, whoever did it.
///
/// # Errors
/// [`BillingError::NotFound`]; [`BillingError::AlreadyPaid`]; [`BillingError::LinkClosed`] when it failed or expired.
pub async fn revoke_link(
    tx: &mut TenantTx,
    id: PaymentLinkId,
    actor: Actor,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<Payment, BillingError> {
    let missing = || BillingError::NotFound("payment");
    let link = queries::payment_link(tx, id).await?.ok_or_else(missing)?;
    take_turn_on(tx, link.folio).await?;
    // It may have been paid before it was our turn.
    let payment = queries::payment(tx, id).await?.ok_or_else(missing)?;
    match payment.link.status {
        // Money that is set aside is let go.
        _ if payment.link.is_authorisation() => return Err(missing()),
        LinkStatus::Open => {}
        LinkStatus::Cancelled => return Ok(payment),
        LinkStatus::Paid => return Err(BillingError::AlreadyPaid),
        LinkStatus::Failed | LinkStatus::Expired => return Err(BillingError::LinkClosed),
    }
    withdraw(tx, &payment.link).await?;
    diesel::insert_into(revocations::table)
        .values((
            revocations::tenant_id.eq(tx.tenant()),
            revocations::link_id.eq(id),
            revocations::actor.eq(actor.to_string()),
            revocations::reason.eq(reason),
            revocations::revoked_at.eq(now),
        ))
        .execute(tx.conn())
        .await?;
    queries::payment(tx, id).await?.ok_or_else(missing)
}
