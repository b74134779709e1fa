//! An answer that says that there is none.

use motel_conversations::commands::record_turn;
use motel_conversations::{
    Channel, ConversationError, GuestTurn, NewTurn, Reply, ResponderError, Speaker,
};
use motel_db::Db;

/// Its intent.
pub(super) const UNAVAILABLE: &str = "unavailable";

/// Tells a guest how else to reach the house. What they said is kept for the staff.
pub(super) async fn decline(db: &Db, turn: &GuestTurn<'_>) -> Result<Reply, ResponderError> {
    let phone = &turn.property.phone;
    let mut reply = Reply::saying(
        match turn.channel {
            Channel::Phone => format!(
                "Our front desk can't take your call at the moment. Please write to {}. Goodbye.",
                turn.property.email
            ),
            _ => format!(
                "Our chat can't answer at the moment. Please call us at {phone} or write to {}.",
                turn.property.email
            ),
        },
        UNAVAILABLE,
    );
    reply.end_call = turn.channel == Channel::Phone;
    let mut tx = db.tenant(turn.tenant).await.map_err(fault)?;
    let said = NewTurn::said(Speaker::Guest, turn.message.as_str());
    for spoken in [said, NewTurn::replied(&reply)] {
        let recorded = record_turn(&mut tx, turn.conversation, spoken).await;
        recorded.map_err(|error| match error {
            ConversationError::NotFound(id) => ResponderError::UnknownConversation(id),
            error => fault(error),
        })?;
    }
    tx.commit().await.map_err(fault)?;
    Ok(reply)
}

pub(super) fn fault(error: impl std::error::Error + Send + Sync + 'static) -> ResponderError {
    ResponderError::Fault(Box::new(error))
}
