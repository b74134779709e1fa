use diesel::dsl::now;
use diesel::prelude::*;
use diesel::sql_types::Timestamptz;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{Actor, RefundId};
use motel_payments::GatewayEvent;

use super::money::{note_standing, post_money};
use super::refunds::tell;
use super::take_gateway_event::{ReceivedEvent, Taken};
use crate::rules::refund_line;
use crate::schema::refunds as table;
use crate::{BillingError, Folio, Payment, PaymentLink, Refund, RefundState, queries};

/// Takes what a gateway told of a refund. One that was made at the gateway itself is written now. Whoever calls has the
/// turn on the folio.
pub(super) async fn tell_refund(
    tx: &mut TenantTx,
    folio: &Folio,
    link: &PaymentLink,
    received: ReceivedEvent<'_>,
    told: RefundState,
) -> Result<Taken, BillingError> {
    let event = received.event;
    let payment = queries::payment(tx, link.id).await?;
    let payment = payment.ok_or(BillingError::NotFound("payment"))?;
    let (was, refund) = match known(&payment, event) {
        Some(refund) if refund.amount != event.amount => {
            tracing::warn!(refund = %refund.id, asked = %refund.amount, told = %event.amount, "a refund of another amount was told");
            return Ok(Taken::Refused);
        }
        Some(refund) => {
            let Some(next) = refund.state.after(told) else {
                return Ok(Taken::Noted);
            };
            (refund.state, put_state(tx, refund, event, next).await?)
        }
        None => (
            RefundState::Requested,
            insert_told(tx, link, received, told).await?,
        ),
    };
    if refund.state != RefundState::Processing {
        tell(tx, folio.booking, refund.id, refund.state).await?;
    }
    let line = refund_line(&refund, was, link.gateway.as_str())?;
    let taken = match line {
        Some(line) => match post_money(tx, folio, vec![line]).await? {
            true => Taken::Posted,
            false => Taken::PostedBefore,
        },
        None => Taken::Noted,
    };
    note_standing(tx, link.id).await?;
    Ok(taken)
}

/// By the gateway's name for it; by ours as long as it has no name there.
fn known<'a>(payment: &'a Payment, event: &GatewayEvent) -> Option<&'a Refund> {
    let name = Some(event.gateway_reference.as_str());
    let named = |refund: &&Refund| refund.gateway_reference.as_deref() == name;
    let ours =
        |refund: &&Refund| Some(refund.id) == event.refund && refund.gateway_reference.is_none();
    let refunds = &payment.refunds;
    refunds
        .iter()
        .find(named)
        .or_else(|| refunds.iter().find(ours))
}

async fn put_state(
    tx: &mut TenantTx,
    refund: &Refund,
    event: &GatewayEvent,
    state: RefundState,
) -> Result<Refund, BillingError> {
    diesel::update(table::table.find((tx.tenant(), refund.id)))
        .set((
            table::state.eq(state),
            table::gateway_reference.eq(&event.gateway_reference),
            table::changed_at.eq(now.into_sql::<Timestamptz>()),
        ))
        .execute(tx.conn())
        .await?;
    let refund = queries::refund(tx, refund.id).await?;
    refund.ok_or(BillingError::NotFound("refund"))
}

async fn insert_told(
    tx: &mut TenantTx,
    link: &PaymentLink,
    received: ReceivedEvent<'_>,
    state: RefundState,
) -> Result<Refund, BillingError> {
    let event = received.event;
    let id = RefundId::new();
    tracing::info!(link = %link.id, refund = %id, gateway = %link.gateway, "a refund was made at its gateway");
    diesel::insert_into(table::table)
        .values((
            table::tenant_id.eq(tx.tenant()),
            table::id.eq(id),
            table::link_id.eq(link.id),
            table::amount_minor.eq(event.amount.minor()),
            table::currency.eq(event.amount.currency().code()),
            table::state.eq(state),
            table::actor.eq(Actor::System.to_string()),
            table::gateway_reference.eq(&event.gateway_reference),
            table::requested_at.eq(received.received_at),
        ))
        .execute(tx.conn())
        .await?;
    let refund = queries::refund(tx, id).await?;
    refund.ok_or(BillingError::NotFound("refund"))
}
