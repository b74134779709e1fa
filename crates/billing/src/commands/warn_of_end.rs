use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::PaymentLinkId;

use super::want::on_its_turn;
use crate::schema::authorisations as table;
use crate::{AuthorisationEnding, BillingError, IntentState, queries};

/// Has staff told, once, that money which is set aside is about to lapse.
pub(crate) async fn warn_of_end(
    tx: &mut TenantTx,
    id: PaymentLinkId,
    now: DateTime<Utc>,
) -> Result<(), BillingError> {
    let found = on_its_turn(tx, id).await?;
    let (IntentState::Authorised, Some(set_aside)) = (found.payment.state, &found.set_aside) else {
        return Ok(());
    };
    let noted = diesel::update(table::table.find((tx.tenant(), id)))
        .filter(table::warned_at.is_null())
        .set(table::warned_at.eq(now))
        .execute(tx.conn())
        .await?;
    if noted == 0 || set_aside.until <= now {
        return Ok(());
    }
    let folio = queries::folio_by_id(tx, found.payment.link.folio).await?;
    let ending = AuthorisationEnding {
        booking_id: folio.ok_or(BillingError::NotFound("folio"))?.booking,
        payment_link_id: id,
        until: set_aside.until,
        amount: set_aside.amount,
    };
    motel_jobs::publish(tx, &ending).await?;
    Ok(())
}
