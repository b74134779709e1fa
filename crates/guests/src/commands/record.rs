use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{Actor, GuestEventId, GuestId};

use crate::schema::{guest_events, guests};
use crate::{GuestEventKind, GuestsError};

/// On whose word something is done, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occasion {
    /// Who.
    pub actor: Actor,
    /// When.
    pub now: DateTime<Utc>,
}

/// Notes that something was done to a guest.
pub(super) async fn record(
    tx: &mut TenantTx,
    guest: GuestId,
    kind: GuestEventKind,
    fields: &[&str],
    merged: Option<GuestId>,
    occasion: Occasion,
) -> Result<(), GuestsError> {
    diesel::insert_into(guest_events::table)
        .values((
            guest_events::tenant_id.eq(tx.tenant()),
            guest_events::id.eq(GuestEventId::new()),
            guest_events::guest_id.eq(guest),
            guest_events::kind.eq(kind),
            guest_events::fields.eq(fields),
            guest_events::merged_guest_id.eq(merged),
            guest_events::actor.eq(occasion.actor),
            guest_events::at.eq(occasion.now),
        ))
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Raises the version of a guest whose row is not written otherwise.
pub(super) async fn touch(
    tx: &mut TenantTx,
    guest: GuestId,
    occasion: Occasion,
) -> Result<(), GuestsError> {
    diesel::update(guests::table.find((tx.tenant(), guest)))
        .set((
            guests::version.eq(guests::version + 1),
            guests::updated_at.eq(occasion.now),
        ))
        .execute(tx.conn())
        .await?;
    Ok(())
}
