use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;

use super::money::{note_standing, post_money};
use super::take_gateway_event::{ReceivedEvent, Taken};
use crate::rules::dispute_lines;
use crate::schema::disputes as table;
use crate::{BillingError, Dispute, DisputeState, Folio, PaymentLink, queries};

/// Takes what a gateway told of a dispute. Whoever calls has the turn on the folio.
pub(super) async fn tell_dispute(
    tx: &mut TenantTx,
    folio: &Folio,
    link: &PaymentLink,
    received: ReceivedEvent<'_>,
    told: DisputeState,
) -> Result<Taken, BillingError> {
    let payment = queries::payment(tx, link.id).await?;
    let payment = payment.ok_or(BillingError::NotFound("payment"))?;
    let name = &received.event.gateway_reference;
    let known = payment.disputes.iter().find(|it| it.reference == *name);
    let dispute = match known {
        Some(dispute) if dispute.amount != received.event.amount => {
            tracing::warn!(link = %link.id, dispute = name, "a dispute of another amount was told");
            return Ok(Taken::Refused);
        }
        Some(dispute) => match dispute.state.after(told) {
            Some(next) => close(tx, dispute, received, next).await?,
            None => return Ok(Taken::Noted),
        },
        None => insert(tx, link, received, told).await?,
    };
    let lines = dispute_lines(&dispute, link.gateway.as_str())?;
    let posted = post_money(tx, folio, lines).await?;
    note_standing(tx, link.id).await?;
    Ok(match posted {
        true => Taken::Posted,
        false => Taken::PostedBefore,
    })
}

async fn insert(
    tx: &mut TenantTx,
    link: &PaymentLink,
    received: ReceivedEvent<'_>,
    state: DisputeState,
) -> Result<Dispute, BillingError> {
    let event = received.event;
    let at = received.received_at;
    let dispute = Dispute {
        reference: event.gateway_reference.clone(),
        link: link.id,
        amount: event.amount,
        state,
        opened_at: at,
        closed_at: (state != DisputeState::Open).then_some(at),
    };
    diesel::insert_into(table::table)
        .values((
            table::tenant_id.eq(tx.tenant()),
            table::gateway.eq(link.gateway.as_str()),
            table::reference.eq(&dispute.reference),
            table::link_id.eq(dispute.link),
            table::amount_minor.eq(dispute.amount.minor()),
            table::currency.eq(dispute.amount.currency().code()),
            table::state.eq(dispute.state),
            table::opened_at.eq(dispute.opened_at),
            table::closed_at.eq(dispute.closed_at),
        ))
        .execute(tx.conn())
        .await?;
    Ok(dispute)
}

async fn close(
    tx: &mut TenantTx,
    dispute: &Dispute,
    received: ReceivedEvent<'_>,
    state: DisputeState,
) -> Result<Dispute, BillingError> {
    let closed_at = Some(received.received_at);
    let key = (
        tx.tenant(),
        received.gateway.as_str(),
        dispute.reference.as_str(),
    );
    diesel::update(table::table.find(key))
        .set((table::state.eq(state), table::closed_at.eq(closed_at)))
        .execute(tx.conn())
        .await?;
    Ok(Dispute {
        state,
        closed_at,
        ..dispute.clone()
    })
}
