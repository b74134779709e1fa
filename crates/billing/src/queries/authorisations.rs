use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::{PlatformTx, TenantTx};
use motel_kernel::{BookingId, PaymentLinkId, TenantId};

use super::payments::{payment, payments};
use crate::model::AuthorisationRow;
use crate::schema::{authorisations as table, payment_intents};
use crate::{Authorisation, BillingError, IntentState};

/// How many are looked at in one round.
const ROUND: i64 = 100;

/// One authorisation.
///
/// # Errors
/// The database failed.
pub async fn authorisation(
    tx: &mut TenantTx,
    id: PaymentLinkId,
) -> Result<Option<Authorisation>, BillingError> {
    let row: Option<AuthorisationRow> = table::table
        .find((tx.tenant(), id))
        .select(AuthorisationRow::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    let Some(row) = row else {
        return Ok(None);
    };
    let payment = payment(tx, id).await?;
    let payment = payment.ok_or(BillingError::NotFound("payment"))?;
    row.of(payment).map(Some)
}

/// What was to be set aside for a booking, the first first; also what came to nothing.
///
/// # Errors
/// The database failed.
pub async fn authorisations(
    tx: &mut TenantTx,
    booking: BookingId,
) -> Result<Vec<Authorisation>, BillingError> {
    let payments = payments(tx, booking).await?.into_iter();
    let payments: Vec<_> = payments.filter(|it| it.link.is_authorisation()).collect();
    let ids: Vec<PaymentLinkId> = payments.iter().map(|it| it.link.id).collect();
    let mut rows: Vec<AuthorisationRow> = table::table
        .filter(table::tenant_id.eq(tx.tenant()))
        .filter(table::id.eq_any(ids))
        .select(AuthorisationRow::as_select())
        .load(tx.conn())
        .await?;
    let mut found = Vec::with_capacity(payments.len());
    for payment in payments {
        let own = rows.iter().position(|row| row.id == payment.link.id);
        let own = own.ok_or(BillingError::NotFound("authorisation"))?;
        found.push(rows.swap_remove(own).of(payment)?);
    }
    Ok(found)
}

/// How often something was wanted of an authorisation.
pub(crate) async fn attempt_of(tx: &mut TenantTx, id: PaymentLinkId) -> Result<i32, BillingError> {
    let attempt = table::table
        .find((tx.tenant(), id))
        .select(table::attempt)
        .first(tx.conn())
        .await?;
    Ok(attempt)
}

/// Whosever money is set aside only until that moment, and nobody was told.
pub(crate) async fn authorisations_ending(
    tx: &mut PlatformTx,
    until: DateTime<Utc>,
) -> Result<Vec<(TenantId, PaymentLinkId)>, BillingError> {
    let found = table::table
        .inner_join(
            payment_intents::table.on(payment_intents::tenant_id
                .eq(table::tenant_id)
                .and(payment_intents::id.eq(table::id))),
        )
        .filter(payment_intents::state.eq(IntentState::Authorised))
        .filter(table::authorised_until.le(until))
        .filter(table::warned_at.is_null())
        .order(table::authorised_until)
        .limit(ROUND)
        .select((table::tenant_id, table::id))
        .load(tx.conn())
        .await?;
    Ok(found)
}
