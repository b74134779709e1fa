use chrono::{DateTime, Utc};
use diesel::dsl::exists;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_payments::{EventKind, GatewayEvent, GatewayName};

use super::intents::advance;
use super::money::{note_paid, note_standing, post_money};
use super::payment_link::set_status;
use super::tell_dispute::tell_dispute;
use super::tell_refund::tell_refund;
use super::turn::take_turn_on;
use crate::model::Line;
use crate::rules::{Happening, Verdict, judge};
use crate::schema::gateway_events;
use crate::{
    BillingError, Folio, LedgerAccount, LinkStatus, PaymentLink, PaymentReceived, PostingKind,
    Purpose, queries,
};

/// An event as it reached us.
#[derive(Debug, Clone, Copy)]
pub struct ReceivedEvent<'a> {
    /// From whom.
    pub gateway: GatewayName,
    /// What it says.
    pub event: &'a GatewayEvent,
    /// How it said it.
    pub body: &'a [u8],
    /// When it arrived.
    pub received_at: DateTime<Utc>,
}

motel_db::text_enum! {
    /// What an event led to.
    pub enum Taken {
        /// Money that moved was posted.
        Posted = "posted",
        /// It had been posted on account of another event.
        PostedBefore = "posted_before",
        /// A payment was posted, but not of the amount that was asked for.
        OtherAmount = "other_amount",
        /// The link ended unpaid.
        Closed = "closed",
        /// Nothing.
        Noted = "noted",
        /// Nothing, because it cannot be true; a warning was logged.
        Refused = "refused",
        /// Nothing, because the same event had been taken before.
        Duplicate = "duplicate",
    }
}

/// Takes what a gateway told us, once: the event and what it leads to are written in one transaction, under the turn on
/// the folio, so that a second delivery finds the first however close behind it comes.
///
/// # Errors
/// [`BillingError::NotFound`] when the tenant has no such link.
pub async fn take_gateway_event(
    tx: &mut TenantTx,
    received: ReceivedEvent<'_>,
) -> Result<Taken, BillingError> {
    let link = find_link(tx, received.event).await?;
    let folio = take_turn_on(tx, link.folio).await?;
    if was_taken(tx, received).await? {
        return Ok(Taken::Duplicate);
    }
    // What was read before it was our turn may have changed.
    let link = find_link(tx, received.event).await?;
    let taken = apply(tx, &folio, &link, received).await?;
    if taken != Taken::Refused
        && let Some(happening) = happening(received.event.kind)
    {
        advance(tx, link.id, happening).await?;
    }
    keep(tx, received, taken).await?;
    Ok(taken)
}

async fn find_link(tx: &mut TenantTx, event: &GatewayEvent) -> Result<PaymentLink, BillingError> {
    let link = queries::payment_link(tx, event.reference).await?;
    link.ok_or(BillingError::NotFound("payment link"))
}

async fn was_taken(tx: &mut TenantTx, received: ReceivedEvent<'_>) -> Result<bool, BillingError> {
    let key = (
        tx.tenant(),
        received.gateway.as_str(),
        received.event.event_id.as_str(),
    );
    let known = gateway_events::table.find(key);
    Ok(diesel::select(exists(known)).get_result(tx.conn()).await?)
}

async fn apply(
    tx: &mut TenantTx,
    folio: &Folio,
    link: &PaymentLink,
    received: ReceivedEvent<'_>,
) -> Result<Taken, BillingError> {
    match judge(link, received.gateway, received.event) {
        Verdict::Refund(told) => tell_refund(tx, folio, link, received, told).await,
        Verdict::Dispute(told) => tell_dispute(tx, folio, link, received, told).await,
        Verdict::Post => pay(tx, folio, link, received.event).await,
        Verdict::Close(_) if is_set_aside(tx, link).await? => Ok(Taken::Noted),
        Verdict::Close(end) => {
            set_status(tx, link.id, end).await?;
            Ok(Taken::Closed)
        }
        Verdict::Note => Ok(Taken::Noted),
        Verdict::Refuse(why) => {
            tracing::warn!(link = %link.id, event = received.event.event_id, why, "a gateway's event was refused");
            Ok(Taken::Refused)
        }
    }
}

/// What is set aside outlives its page.
async fn is_set_aside(tx: &mut TenantTx, link: &PaymentLink) -> Result<bool, BillingError> {
    if !link.is_authorisation() {
        return Ok(false);
    }
    let payment = queries::payment(tx, link.id).await?;
    Ok(payment.is_some_and(|payment| payment.state.is_set_aside()))
}

async fn pay(
    tx: &mut TenantTx,
    folio: &Folio,
    link: &PaymentLink,
    event: &GatewayEvent,
) -> Result<Taken, BillingError> {
    let line = Line {
        kind: PostingKind::Payment,
        description: format!("Payment by {}", link.gateway),
        service_date: None,
        amount: event.amount.negated()?,
        reverses: None,
        // A checkout is paid once, by however many events that is told.
        source: format!("payment:{}", event.gateway_reference),
        contra: Some(LedgerAccount::payments(link.gateway.as_str())),
    };
    // Paid first: what is posted next may withdraw links that are still open.
    set_status(tx, link.id, LinkStatus::Paid).await?;
    if !post_money(tx, folio, vec![line]).await? {
        return Ok(Taken::PostedBefore);
    }
    note_paid(tx, link.id, event.amount, &event.gateway_reference).await?;
    note_standing(tx, link.id).await?;
    let received = PaymentReceived {
        booking_id: folio.booking,
        payment_link_id: link.id,
        amount: event.amount,
    };
    motel_jobs::publish(tx, &received).await?;
    // Of what was set aside, a part may be taken.
    let is_meant = match link.purpose {
        Purpose::Take => event.amount == link.amount,
        Purpose::SetAside => event.amount.minor() <= link.amount.minor(),
    };
    if !is_meant {
        tracing::warn!(link = %link.id, asked = %link.amount, paid = %event.amount, "another amount was paid than asked for");
        return Ok(Taken::OtherAmount);
    }
    Ok(Taken::Posted)
}

/// What an event says of an end without money. A declined card says nothing, since another one may be tried.
fn happening(kind: EventKind) -> Option<Happening> {
    match kind {
        EventKind::Failed => Some(Happening::Failed),
        EventKind::Expired => Some(Happening::Expired),
        _ => None,
    }
}

async fn keep(
    tx: &mut TenantTx,
    received: ReceivedEvent<'_>,
    taken: Taken,
) -> Result<(), BillingError> {
    let event = received.event;
    diesel::insert_into(gateway_events::table)
        .values((
            gateway_events::tenant_id.eq(tx.tenant()),
            gateway_events::gateway.eq(received.gateway.as_str()),
            gateway_events::event_id.eq(&event.event_id),
            gateway_events::link_id.eq(event.reference),
            gateway_events::kind.eq(event.kind.as_str()),
            gateway_events::outcome.eq(taken),
            gateway_events::body.eq(received.body),
            gateway_events::received_at.eq(received.received_at),
        ))
        .execute(tx.conn())
        .await?;
    Ok(())
}
