use diesel::dsl::now;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::{Standing, TenantTx};

use super::record_turn::note;
use crate::ConversationError;
use crate::model::{Conversation, NewTurn, Turn};
use crate::schema::conversations;

/// Records an answer and saves what is to be remembered with it: [`super::save_state`] and [`super::record_turn`], in one change of the
/// conversation.
///
/// # Errors
/// [`ConversationError::StateMoved`].
pub async fn record_answer(
    tx: &mut TenantTx,
    read: &Conversation,
    state: serde_json::Value,
    turn: NewTurn,
) -> Result<Turn, ConversationError> {
    let same_version = conversations::table
        .find((tx.tenant(), read.id))
        .filter(conversations::state_version.eq(read.state_version));
    let answered = diesel::update(same_version)
        .set((
            conversations::engine_state.eq(state),
            conversations::state_version.eq(conversations::state_version + 1),
            conversations::turn_count.eq(conversations::turn_count + 1),
            conversations::last_message_at.eq(now),
        ))
        .returning(conversations::turn_count);
    let seq: Option<i32> = Standing(answered).get_result(tx.conn()).await.optional()?;
    let seq = seq.ok_or(ConversationError::StateMoved(read.id))?;
    note(tx, read.id, seq, turn).await
}
