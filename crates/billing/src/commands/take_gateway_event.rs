use chrono::{DateTime, Utc};
use diesel::dsl::exists;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_bookings::By;
use motel_db::TenantTx;
use motel_payments::{EventKind, GatewayEvent, GatewayName};

use super::folio::open_folio_of;
use super::intents::advance;
use super::payment_link::set_status;
use super::post::{Occasion, post};
use super::turn::take_turn_on;
use crate::model::{Draft, Line};
use crate::rules::{Happening, Verdict, judge};
use crate::schema::gateway_events;
use crate::{
    BillingError, Folio, LedgerAccount, LinkStatus, PaymentLink, PaymentReceived, PostingKind,
    queries,
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
        /// A payment was posted.
        Posted = "posted",
        /// The payment had been posted on account of another event.
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
        Verdict::Dispute => take_back(tx, folio, link, received.event).await,
        Verdict::Post => pay(tx, folio, link, received.event).await,
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
    if !post_money(tx, folio, line).await? {
        return Ok(Taken::PostedBefore);
    }
    set_status(tx, link.id, LinkStatus::Paid).await?;
    let received = PaymentReceived {
        booking_id: folio.booking,
        payment_link_id: link.id,
        amount: event.amount,
    };
    motel_jobs::publish(tx, &received).await?;
    if event.amount != link.amount {
        tracing::warn!(link = %link.id, asked = %link.amount, paid = %event.amount, "another amount was paid than asked for");
        return Ok(Taken::OtherAmount);
    }
    Ok(Taken::Posted)
}

/// What an event says of the payment itself; a declined card says nothing, since another one may be tried.
fn happening(kind: EventKind) -> Option<Happening> {
    match kind {
        EventKind::Paid => Some(Happening::Paid),
        EventKind::Failed => Some(Happening::Failed),
        EventKind::Expired => Some(Happening::Expired),
        EventKind::Disputed => Some(Happening::Disputed),
        EventKind::Declined => None,
    }
}

/// The gateway gave the money back to the card's owner: what was paid is owed again.
async fn take_back(
    tx: &mut TenantTx,
    folio: &Folio,
    link: &PaymentLink,
    event: &GatewayEvent,
) -> Result<Taken, BillingError> {
    let line = Line {
        kind: PostingKind::Refund,
        description: format!("Payment by {} disputed", link.gateway),
        service_date: None,
        amount: event.amount,
        reverses: None,
        source: format!("dispute:{}", event.gateway_reference),
        contra: Some(LedgerAccount::payments(link.gateway.as_str())),
    };
    post_money(tx, folio, line)
        .await
        .map(|is_new| match is_new {
            true => Taken::Posted,
            false => Taken::PostedBefore,
        })
}

/// Money that moved is posted once, also when the folio it was meant for is closed.
async fn post_money(tx: &mut TenantTx, folio: &Folio, line: Line) -> Result<bool, BillingError> {
    let posted = queries::postings_of_booking(tx, folio.booking).await?;
    if posted.iter().any(|posting| posting.source == line.source) {
        return Ok(false);
    }
    let booking = motel_bookings::queries::find(tx, folio.booking).await?;
    let taker = match folio.is_open() {
        true => folio.clone(),
        false => open_folio_of(tx, &booking).await?,
    };
    let draft = Draft { folio: taker, line };
    post(tx, &Occasion::of(&booking, By::system()), vec![draft]).await?;
    Ok(true)
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
