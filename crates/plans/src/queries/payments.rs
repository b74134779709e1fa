use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::{PlatformTx, TenantTx};
use motel_kernel::{PaymentLinkId, TenantId};

use crate::model::PaymentRow;
use crate::schema::payments;
use crate::{Payment, PaymentState, PlansError, StatementId};

/// How many payments are asked about in one round.
const ROUND: i64 = 100;

/// One attempt to pay.
///
/// # Errors
/// The database failed.
pub async fn payment(tx: &mut TenantTx, id: PaymentLinkId) -> Result<Option<Payment>, PlansError> {
    let row: Option<PaymentRow> = payments::table
        .find((tx.tenant(), id))
        .select(PaymentRow::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    row.map(Payment::try_from).transpose()
}

/// The attempt by which a statement can be paid at present.
pub(crate) async fn open_payment(
    tx: &mut TenantTx,
    statement: StatementId,
) -> Result<Option<Payment>, PlansError> {
    let row: Option<PaymentRow> = payments::table
        .filter(payments::tenant_id.eq(tx.tenant()))
        .filter(payments::statement_id.eq(statement))
        .filter(payments::state.eq(PaymentState::Open))
        .select(PaymentRow::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    row.map(Payment::try_from).transpose()
}

/// Whose payment it is: a gateway names the payment and knows no tenants.
pub(crate) async fn tenant_of_payment(
    tx: &mut PlatformTx,
    id: PaymentLinkId,
) -> Result<Option<TenantId>, PlansError> {
    let tenant = payments::table
        .filter(payments::id.eq(id))
        .select(payments::tenant_id)
        .first(tx.conn())
        .await
        .optional()?;
    Ok(tenant)
}

/// Payments nobody told us the end of, and that are due to be asked about.
pub(crate) async fn payments_in_doubt(
    tx: &mut PlatformTx,
    now: DateTime<Utc>,
) -> Result<Vec<(TenantId, PaymentLinkId)>, PlansError> {
    let due = payments::table
        .filter(payments::state.eq(PaymentState::Open))
        .filter(payments::ask_at.le(now))
        .order(payments::ask_at)
        .limit(ROUND)
        .select((payments::tenant_id, payments::id))
        .load(tx.conn())
        .await?;
    Ok(due)
}
