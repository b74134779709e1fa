use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use futures::try_join;
use motel_db::TenantTx;
use motel_kernel::EventId;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::JobsError;
use crate::schema::{events, pg_notify};

/// The channel on which publishing is told.
pub(crate) const CHANNEL: &str = "motel_events";

/// Something that happened to a tenant. The fields are what subscribers get, so they change only in ways that old
/// payloads still read: new fields have a serde default.
pub trait Event: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// The name of what happened, in small letters: `booking.confirmed`.
    const KIND: &'static str;
}

/// Writes an event to the outbox. It is delivered if and only if the transaction commits.
///
/// # Errors
/// The event does not serialise, or the database failed.
pub async fn publish<E: Event>(tx: &mut TenantTx, event: &E) -> Result<EventId, JobsError> {
    let payload = serde_json::to_value(event).map_err(|source| JobsError::Payload {
        kind: E::KIND.to_owned(),
        source,
    })?;
    let id = EventId::new();
    let tenant = tx.tenant();
    let row = (
        events::tenant_id.eq(tenant),
        events::id.eq(id),
        events::kind.eq(E::KIND),
        events::payload.eq(payload),
    );
    let (mut writing, mut telling) = (tx.reading(), tx.reading());
    try_join!(
        diesel::insert_into(events::table)
            .values(row)
            .execute(&mut writing),
        diesel::select(pg_notify(CHANNEL, format!("{tenant} {}", E::KIND))).execute(&mut telling),
    )?;
    Ok(id)
}
