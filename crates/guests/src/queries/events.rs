use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{GuestEventId, GuestId};

use crate::schema::guest_events;
use crate::{GuestEvent, GuestsError};

/// What was done to these guests (one, and those that were merged into it), the newest first; at most `limit`, beginning
/// after (that is, older than) `after`.
pub async fn events(
    tx: &mut TenantTx,
    guests: &[GuestId],
    after: Option<GuestEventId>,
    limit: i64,
) -> Result<Vec<GuestEvent>, GuestsError> {
    let mut wanted = guest_events::table
        .filter(guest_events::tenant_id.eq(tx.tenant()))
        .filter(guest_events::guest_id.eq_any(guests))
        .order(guest_events::id.desc())
        .limit(limit)
        .select(GuestEvent::as_select())
        .into_boxed();
    if let Some(after) = after {
        wanted = wanted.filter(guest_events::id.lt(after));
    }
    Ok(wanted.load(tx.conn()).await?)
}
