use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{ConversationId, GuestId};
use serde_json::json;

use crate::ConversationError;
use crate::schema::{conversations, hand_overs, turn_records, turns};

/// What stands where something was said by somebody who was erased.
const ERASED: &str = "(erased)";

/// Overwrites all that was said in these conversations, and what the concierge made of it. That they took place stays.
///
/// # Errors
/// A database fault.
pub async fn forget(tx: &mut TenantTx, ids: &[ConversationId]) -> Result<(), ConversationError> {
    diesel::update(conversations::table.filter(conversations::tenant_id.eq(tx.tenant())))
        .filter(conversations::id.eq_any(ids))
        .set((
            conversations::engine_state.eq(json!({})),
            conversations::state_version.eq(conversations::state_version + 1),
        ))
        .execute(tx.conn())
        .await?;
    diesel::update(turns::table.filter(turns::tenant_id.eq(tx.tenant())))
        .filter(turns::conversation_id.eq_any(ids))
        .set((
            turns::text.eq(ERASED),
            turns::intent.eq(None::<String>),
            turns::entities.eq(json!({})),
            turns::actions.eq(json!([])),
        ))
        .execute(tx.conn())
        .await?;
    diesel::update(turn_records::table.filter(turn_records::tenant_id.eq(tx.tenant())))
        .filter(turn_records::conversation_id.eq_any(ids))
        .set(turn_records::details.eq(json!({})))
        .execute(tx.conn())
        .await?;
    diesel::update(hand_overs::table.filter(hand_overs::tenant_id.eq(tx.tenant())))
        .filter(hand_overs::conversation_id.eq_any(ids))
        .set(hand_overs::summary.eq(""))
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Hangs the conversations of a guest who turned out to be another one on that one.
///
/// # Errors
/// A database fault.
pub async fn follow_guest(
    tx: &mut TenantTx,
    merged: GuestId,
    survivor: GuestId,
) -> Result<(), ConversationError> {
    diesel::update(conversations::table.filter(conversations::tenant_id.eq(tx.tenant())))
        .filter(conversations::guest_id.eq(merged))
        .set(conversations::guest_id.eq(survivor))
        .execute(tx.conn())
        .await?;
    Ok(())
}
