//! The chat answers where it is switched on.

use std::sync::Arc;

use async_trait::async_trait;
use motel_conversations::{Channel, GuestTurn, Reply, Responder, ResponderError};
use motel_db::{Acting, Db};
use motel_kernel::Actor;
use motel_tenancy::{Directory, Flag};

use super::decline::{decline, fault};

/// A responder that answers guests who write only where [`Flag::GuestChat`] is on; the telephone is another thing.
pub(super) struct Switched {
    db: Db,
    directory: Directory,
    answering: Arc<dyn Responder>,
}

impl Switched {
    pub(super) fn new(db: Db, directory: Directory, answering: Arc<dyn Responder>) -> Self {
        Self {
            db,
            directory,
            answering,
        }
    }
}

#[async_trait]
impl Responder for Switched {
    async fn respond(&self, turn: GuestTurn<'_>) -> Result<Reply, ResponderError> {
        let flags = self.directory.flags_of(turn.tenant).await.map_err(fault)?;
        if turn.channel == Channel::Phone || flags.has(Flag::GuestChat) {
            Acting::note(Actor::Concierge);
            return self.answering.respond(turn).await;
        }
        decline(&self.db, &turn).await
    }
}
