use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{Actor, ConversationId};

use super::status::{put_in_charge, tell};
use crate::model::{HandOver, HandOverReason, HandOverRules, HandOverSettings};
use crate::schema::{hand_over_rules, hand_overs};
use crate::{ConversationError, queries};

/// Puts a person in charge of the answers, and keeps why and what they should know. A reason counts once a conversation: what was kept first
/// stays. Staff are told of each reason, and of an emergency as often as there is one: who waits over a price is in no danger.
///
/// # Errors
/// [`ConversationError::NotFound`].
pub async fn hand_over_because(
    tx: &mut TenantTx,
    id: ConversationId,
    reason: HandOverReason,
    summary: &str,
    now: DateTime<Utc>,
) -> Result<(), ConversationError> {
    let begins = put_in_charge(tx, id).await?;
    let kept = HandOver {
        conversation_id: id,
        reason,
        summary: legible(summary),
        handed_over_at: now,
    };
    let added = diesel::insert_into(hand_overs::table)
        .values((hand_overs::tenant_id.eq(tx.tenant()), &kept))
        .on_conflict_do_nothing()
        .execute(tx.conn())
        .await?;
    match begins || added > 0 || reason == HandOverReason::Emergency {
        true => tell(tx, id).await,
        false => Ok(()),
    }
}

/// Without what PostgreSQL does not store, and no longer than is kept.
fn legible(summary: &str) -> String {
    let kept = summary.chars().filter(|c| !c.is_control() || *c == '\n');
    kept.take(HandOver::LONGEST).collect()
}

/// Sets when the tenant's conversations are handed to a person.
///
/// # Errors
/// [`ConversationError::Stale`] when another version than the expected one is there; nothing set is version 0.
pub async fn put_hand_over_rules(
    tx: &mut TenantTx,
    expected: Option<i32>,
    rules: &HandOverRules,
    by: Actor,
    now: DateTime<Utc>,
) -> Result<HandOverSettings, ConversationError> {
    let known = queries::hand_over_settings(tx).await?;
    let version = known.map_or(0, |known| known.version);
    if expected.is_some_and(|expected| expected != version) {
        return Err(ConversationError::Stale);
    }
    let stamps = (
        hand_over_rules::version.eq(version + 1),
        hand_over_rules::set_by.eq(by),
        hand_over_rules::set_at.eq(now),
    );
    let set = diesel::insert_into(hand_over_rules::table)
        .values((hand_over_rules::tenant_id.eq(tx.tenant()), rules, stamps))
        .on_conflict(hand_over_rules::tenant_id)
        .do_update()
        .set((rules, stamps))
        .returning(HandOverSettings::as_returning())
        .get_result(tx.conn())
        .await?;
    Ok(set)
}
