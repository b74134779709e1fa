use chrono::{DateTime, Utc};
use diesel::dsl::count_star;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::ConversationId;

use crate::ConversationError;
use crate::model::{HandOver, HandOverReason, HandOverRules, HandOverSettings};
use crate::schema::{hand_over_rules, hand_overs};

/// When the tenant's conversations are handed to a person, as it was set; nothing where nobody set it.
///
/// # Errors
/// A database fault.
pub async fn hand_over_settings(
    tx: &mut TenantTx,
) -> Result<Option<HandOverSettings>, ConversationError> {
    let settings = hand_over_rules::table
        .find(tx.tenant())
        .select(HandOverSettings::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    Ok(settings)
}

/// The rules that hold: those that were set, or the defaults.
///
/// # Errors
/// A database fault.
pub async fn rules_of_hand_over(tx: &mut TenantTx) -> Result<HandOverRules, ConversationError> {
    let settings = hand_over_settings(tx).await?;
    Ok(settings.map(|settings| settings.rules).unwrap_or_default())
}

/// Why a conversation was handed over, the earliest first; at most one of each reason.
///
/// # Errors
/// A database fault.
pub async fn hand_overs(
    tx: &mut TenantTx,
    id: ConversationId,
) -> Result<Vec<HandOver>, ConversationError> {
    let found = hand_overs::table
        .filter(hand_overs::tenant_id.eq(tx.tenant()))
        .filter(hand_overs::conversation_id.eq(id))
        .order((hand_overs::handed_over_at, hand_overs::reason))
        .select(HandOver::as_select())
        .load(tx.conn())
        .await?;
    Ok(found)
}

/// How many conversations were handed over since a moment, by reason; reasons that did not occur are absent.
///
/// # Errors
/// A database fault.
pub async fn hand_overs_since(
    tx: &mut TenantTx,
    since: DateTime<Utc>,
) -> Result<Vec<(HandOverReason, i64)>, ConversationError> {
    let counted = hand_overs::table
        .filter(hand_overs::tenant_id.eq(tx.tenant()))
        .filter(hand_overs::handed_over_at.ge(since))
        .group_by(hand_overs::reason)
        .order(hand_overs::reason)
        .select((hand_overs::reason, count_star()))
        .load(tx.conn())
        .await?;
    Ok(counted)
}
