//! What gateways tell is kept first and taken then: at once, and again as long as that fails.

use chrono::{DateTime, Utc};
use diesel::dsl::{IntervalDsl, now};
use diesel::prelude::*;
use diesel::sql_types::Timestamptz;
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};
use motel_db::{PlatformTx, TenantTx};
use motel_kernel::{PaymentLinkId, TenantId};
use motel_payments::{EventKind, GatewayEvent, GatewayName};
use uuid::Uuid;

use super::intents::{ROUND, ask_soon};
use super::{ReceivedEvent, Taken, take_gateway_event};
use crate::rules::{account_of, wait_after};
use crate::schema::payment_events as table;
use crate::{BillingError, EventState, PaymentEventId};

/// Writes an event down, once, however often it is delivered. The caller commits before anything is made of it.
///
/// # Errors
/// The database failed: then the gateway has to tell it again.
pub async fn keep_payment_event(
    tx: &mut TenantTx,
    received: ReceivedEvent<'_>,
) -> Result<(), BillingError> {
    let event = received.event;
    diesel::insert_into(table::table)
        .values((
            table::tenant_id.eq(tx.tenant()),
            table::id.eq(Uuid::now_v7()),
            table::gateway.eq(received.gateway.as_str()),
            table::event_id.eq(&event.event_id),
            table::link_id.eq(event.reference),
            table::kind.eq(event.kind.as_str()),
            table::event.eq(serde_json::to_value(event).map_err(BillingError::unreadable)?),
            table::body.eq(received.body),
            table::received_at.eq(received.received_at),
        ))
        .on_conflict_do_nothing()
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// What is tried, as it was written down.
#[derive(Queryable)]
struct Kept {
    gateway: String,
    event: serde_json::Value,
    body: Vec<u8>,
    received_at: DateTime<Utc>,
    state: EventState,
}

/// How an attempt ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attempt {
    /// It was taken, and what came of it: for whoever has to ask the gateway then.
    Taken(EventKind, Taken),
    /// There was nothing to do: it had been taken before.
    Before,
    /// It failed, and that is noted.
    Failed,
}

/// Tries to take an event that was written down: all that follows from it, or nothing but a note of why not. One that was
/// taken stays as it is.
///
/// # Errors
/// [`BillingError::NotFound`]; the database failed so that not even the failure could be noted.
pub async fn try_payment_event(
    tx: &mut TenantTx,
    id: PaymentEventId,
) -> Result<Attempt, BillingError> {
    let kept: Option<Kept> = table::table
        .find((tx.tenant(), id))
        .select((
            table::gateway,
            table::event,
            table::body,
            table::received_at,
            table::state,
        ))
        .first(tx.conn())
        .await
        .optional()?;
    let kept = kept.ok_or(BillingError::NotFound("payment event"))?;
    if kept.state == EventState::Taken {
        return Ok(Attempt::Before);
    }
    // Behind a mark, so that what fails half-way leaves nothing but the note.
    tx.conn().batch_execute("SAVEPOINT taking").await?;
    match take(tx, id, &kept).await {
        Ok(attempt) => Ok(attempt),
        Err(error) => {
            tracing::error!(
                payment_event = %id, gateway = kept.gateway,
                error = &error as &dyn std::error::Error,
                "a gateway's event could not be taken; it is kept"
            );
            let back = "ROLLBACK TO SAVEPOINT taking";
            tx.conn().batch_execute(back).await?;
            note_failure(tx, id, &account_of(&error)).await?;
            Ok(Attempt::Failed)
        }
    }
}

async fn take(tx: &mut TenantTx, id: PaymentEventId, kept: &Kept) -> Result<Attempt, BillingError> {
    let event: GatewayEvent =
        serde_json::from_value(kept.event.clone()).map_err(BillingError::unreadable)?;
    let gateway: GatewayName = kept.gateway.parse().map_err(BillingError::unreadable)?;
    let received = ReceivedEvent {
        gateway,
        event: &event,
        body: &kept.body,
        received_at: kept.received_at,
    };
    let taken = take_gateway_event(tx, received).await?;
    if event.kind.is_nudge() && taken != Taken::Refused {
        ask_soon(tx, event.reference).await?;
    }
    // What is only looked at when a transaction ends fails here, where it can be noted.
    let check = "SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED";
    tx.conn().batch_execute(check).await?;
    note_taken(tx, id, taken).await?;
    tracing::info!(%gateway, event = event.event_id, %taken, "a gateway's event was taken");
    Ok(Attempt::Taken(event.kind, taken))
}

/// Whoever came at the same time may have noted it already.
async fn note_taken(
    tx: &mut TenantTx,
    id: PaymentEventId,
    taken: Taken,
) -> Result<(), BillingError> {
    diesel::update(table::table.find((tx.tenant(), id)))
        .filter(table::state.ne(EventState::Taken))
        .set((
            table::state.eq(EventState::Taken),
            table::outcome.eq(taken.as_str()),
            table::attempts.eq(table::attempts + 1),
            table::failure.eq(None::<String>),
            table::try_at.eq(None::<DateTime<Utc>>),
            table::changed_at.eq(now.into_sql::<Timestamptz>()),
        ))
        .execute(tx.conn())
        .await?;
    Ok(())
}

async fn note_failure(
    tx: &mut TenantTx,
    id: PaymentEventId,
    failure: &str,
) -> Result<(), BillingError> {
    let waiting = table::table
        .find((tx.tenant(), id))
        .filter(table::state.ne(EventState::Taken));
    let attempts: Option<i32> = diesel::update(waiting)
        .set((
            table::state.eq(EventState::Failed),
            table::attempts.eq(table::attempts + 1),
            table::failure.eq(failure),
            table::try_at.eq(None::<DateTime<Utc>>),
            table::changed_at.eq(now.into_sql::<Timestamptz>()),
        ))
        .returning(table::attempts)
        .get_result(tx.conn())
        .await
        .optional()?;
    let Some(wait) = attempts.and_then(wait_after) else {
        return Ok(());
    };
    let minutes = i32::try_from(wait.num_minutes()).unwrap_or(i32::MAX);
    diesel::update(table::table.find((tx.tenant(), id)))
        .set(table::try_at.eq((now.into_sql::<Timestamptz>() + minutes.minutes()).nullable()))
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// What waits of a payment, in the order in which it arrived; what was tried often enough does not.
pub(crate) async fn events_waiting(
    tx: &mut TenantTx,
    link: PaymentLinkId,
) -> Result<Vec<PaymentEventId>, BillingError> {
    let waiting = table::table
        .filter(table::tenant_id.eq(tx.tenant()))
        .filter(table::link_id.eq(link))
        .filter(table::state.ne(EventState::Taken))
        .filter(table::try_at.is_not_null())
        .order((table::received_at, table::id))
        .select(table::id)
        .load(tx.conn())
        .await?;
    Ok(waiting)
}

/// Payments of which something is due to be tried again, whosever they are.
pub(crate) async fn links_to_try(
    tx: &mut PlatformTx,
) -> Result<Vec<(TenantId, PaymentLinkId)>, BillingError> {
    let due = table::table
        .filter(table::state.ne(EventState::Taken))
        .filter(table::try_at.le(now.into_sql::<Timestamptz>().nullable()))
        .distinct()
        .limit(ROUND)
        .select((table::tenant_id, table::link_id))
        .load(tx.conn())
        .await?;
    Ok(due)
}
