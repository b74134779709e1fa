use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::{Standing, TenantTx};

use crate::ConversationError;
use crate::model::Conversation;
use crate::schema::conversations;

/// Saves what the concierge is to remember, a JSON object, over the state that `read` carries.
///
/// After [`crate::queries::load_for_update`] in the same transaction it always fits; otherwise a state saved by
/// somebody else in between is not overwritten.
///
/// # Errors
/// [`ConversationError::StateMoved`].
pub async fn save_state(
    tx: &mut TenantTx,
    read: &Conversation,
    state: serde_json::Value,
) -> Result<(), ConversationError> {
    let same_version = conversations::table
        .find((tx.tenant(), read.id))
        .filter(conversations::state_version.eq(read.state_version));
    let saving = diesel::update(same_version).set((
        conversations::engine_state.eq(state),
        conversations::state_version.eq(conversations::state_version + 1),
    ));
    let saved = Standing(saving).execute(tx.conn()).await?;
    if saved == 0 {
        Err(ConversationError::StateMoved(read.id))
    } else {
        Ok(())
    }
}
