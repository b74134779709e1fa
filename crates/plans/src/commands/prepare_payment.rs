use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::PaymentLinkId;
use motel_payments::{Checkout, GatewayName};

use crate::schema::payments;
use crate::{Payment, PaymentState, PlansError, StatementId, queries};

/// The longest time between two questions about one payment.
const LONGEST_WAIT_MINUTES: i64 = 60;

/// The attempt by which a statement can be paid: the open one, or a new one, which is written before the gateway is asked.
pub(crate) async fn prepare_payment(
    tx: &mut TenantTx,
    statement: StatementId,
    gateway: GatewayName,
    now: DateTime<Utc>,
) -> Result<Payment, PlansError> {
    queries::lock(tx).await?;
    let owed = queries::statement(tx, statement).await?;
    if owed.paid_at.is_some() {
        return Err(PlansError::StatementPaid);
    }
    if let Some(open) = queries::open_payment(tx, statement).await? {
        let is_over = open
            .checkout
            .as_ref()
            .is_some_and(|it| it.expires_at <= now);
        if open.gateway == gateway && !is_over {
            return Ok(open);
        }
        end_payment(tx, open.id, PaymentState::Expired).await?;
    }
    let id = PaymentLinkId::new();
    diesel::insert_into(payments::table)
        .values((
            payments::tenant_id.eq(tx.tenant()),
            payments::id.eq(id),
            payments::statement_id.eq(statement),
            payments::gateway.eq(gateway.as_str()),
            payments::state.eq(PaymentState::Open),
            payments::amount_minor.eq(owed.total.minor()),
            payments::currency.eq(owed.total.currency().code()),
            payments::ask_at.eq(now + TimeDelta::minutes(1)),
        ))
        .execute(tx.conn())
        .await?;
    Ok(Payment {
        id,
        statement,
        gateway,
        state: PaymentState::Open,
        amount: owed.total,
        checkout: None,
    })
}

/// Notes the page that the gateway made; the first one stays.
pub(crate) async fn store_checkout(
    tx: &mut TenantTx,
    id: PaymentLinkId,
    checkout: &Checkout,
) -> Result<Payment, PlansError> {
    diesel::update(payments::table.find((tx.tenant(), id)))
        .filter(payments::url.is_null())
        .set((
            payments::gateway_reference.eq(&checkout.gateway_reference),
            payments::url.eq(&checkout.url),
            payments::expires_at.eq(checkout.expires_at),
        ))
        .execute(tx.conn())
        .await?;
    let stored = queries::payment(tx, id).await?;
    stored.ok_or(PlansError::NotFound("payment"))
}

/// Ends an attempt that is open; one that is paid stays paid.
pub(crate) async fn end_payment(
    tx: &mut TenantTx,
    id: PaymentLinkId,
    end: PaymentState,
) -> Result<(), PlansError> {
    diesel::update(payments::table.find((tx.tenant(), id)))
        .filter(payments::state.eq(PaymentState::Open))
        .set(payments::state.eq(end))
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Notes that a gateway is about to be asked: the next time later each time.
pub(crate) async fn note_asking(
    tx: &mut TenantTx,
    id: PaymentLinkId,
    now: DateTime<Utc>,
) -> Result<(), PlansError> {
    let asked: i32 = diesel::update(payments::table.find((tx.tenant(), id)))
        .set(payments::asked.eq(payments::asked + 1))
        .returning(payments::asked)
        .get_result(tx.conn())
        .await?;
    let wait = i64::from(asked).clamp(1, LONGEST_WAIT_MINUTES);
    diesel::update(payments::table.find((tx.tenant(), id)))
        .set(payments::ask_at.eq(now + TimeDelta::minutes(wait)))
        .execute(tx.conn())
        .await?;
    Ok(())
}
