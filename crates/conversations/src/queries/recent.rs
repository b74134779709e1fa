use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;

use crate::ConversationError;
use crate::model::{Conversation, ConversationSummary, Turn};
use crate::schema::{conversations, turns};

/// The longest list [`recent`] answers.
pub const MOST_LISTED: u32 = 200;

/// The conversations in which something was said last, newest first; at most [`MOST_LISTED`].
///
/// # Errors
/// A database fault.
pub async fn recent(
    tx: &mut TenantTx,
    limit: u32,
) -> Result<Vec<ConversationSummary>, ConversationError> {
    let newest_turn = turns::tenant_id
        .eq(conversations::tenant_id)
        .and(turns::conversation_id.eq(conversations::id))
        .and(turns::seq.eq(conversations::turn_count));
    let rows: Vec<(Conversation, Option<Turn>)> = conversations::table
        .left_join(turns::table.on(newest_turn))
        .filter(conversations::tenant_id.eq(tx.tenant()))
        .order((
            conversations::last_message_at.desc(),
            conversations::id.desc(),
        ))
        .limit(limit.min(MOST_LISTED).into())
        .select((Conversation::as_select(), Option::<Turn>::as_select()))
        .load(tx.conn())
        .await?;
    let summaries = rows
        .into_iter()
        .map(|(conversation, newest)| ConversationSummary {
            conversation,
            newest,
        });
    Ok(summaries.collect())
}
