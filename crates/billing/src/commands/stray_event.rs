use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::PlatformTx;

use super::ReceivedEvent;
use crate::BillingError;
use crate::schema::stray_events;

/// Keeps a genuine event about a payment link that nobody has, and warns. It may belong to another installation that
/// shares the gateway's account.
pub async fn keep_stray_event(
    tx: &mut PlatformTx,
    received: ReceivedEvent<'_>,
) -> Result<(), BillingError> {
    let event = received.event;
    tracing::warn!(gateway = %received.gateway, event = event.event_id, link = %event.reference, "an event about no link of ours");
    diesel::insert_into(stray_events::table)
        .values((
            stray_events::gateway.eq(received.gateway.as_str()),
            stray_events::event_id.eq(&event.event_id),
            stray_events::body.eq(received.body),
            stray_events::received_at.eq(received.received_at),
        ))
        .on_conflict_do_nothing()
        .execute(tx.conn())
        .await?;
    Ok(())
}
