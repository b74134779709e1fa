use async_trait::async_trait;
use motel_conversations::queries::{find, load_for_update, transcript};
use motel_conversations::{
    Conversation, ConversationError, GuestTurn, ResponderError, Turn as SaidTurn,
};
use motel_db::{DbError, TenantTx};

use super::journal::Journal;
use super::turn::Finished;
use super::{Answered, Concierge};

/// Where an answer is found: before a guest, or in rehearsal (ADR 0031). The engines are the same on both; what they do stands only where
/// the stage can keep it.
#[async_trait]
pub(super) trait Stage: Send + Sync {
    /// Begins a transaction.
    async fn open(&self) -> Result<Box<dyn Work + '_>, DbError>;

    /// The conversation, and what was said in it up to the words that are answered.
    async fn look(
        &self,
        tx: &mut TenantTx,
    ) -> Result<(Conversation, Vec<SaidTurn>), ConversationError>;

    /// The conversation, which nobody else answers meanwhile.
    async fn hold(&self, tx: &mut TenantTx) -> Result<Conversation, ConversationError>;
}

/// A transaction on a stage. What ends it is what its stage can do: in rehearsal there is nothing that commits.
#[async_trait]
pub(super) trait Work: Send {
    /// What tools run in.
    fn tx(&mut self) -> &mut TenantTx;

    /// Ends it without an answer: something was looked up.
    async fn end(self: Box<Self>) -> Result<(), DbError>;

    /// Ends it with an answer.
    async fn keep(
        self: Box<Self>,
        conversation: &Conversation,
        finished: Finished,
        journal: &mut Journal,
    ) -> Result<Answered, ResponderError>;
}

/// Before a guest.
pub(super) struct Live<'a> {
    pub(super) concierge: &'a Concierge,
    pub(super) turn: &'a GuestTurn<'a>,
}

struct LiveWork<'a> {
    tx: TenantTx,
    concierge: &'a Concierge,
    turn: &'a GuestTurn<'a>,
}

#[async_trait]
impl Stage for Live<'_> {
    async fn open(&self) -> Result<Box<dyn Work + '_>, DbError> {
        let (concierge, turn) = (self.concierge, self.turn);
        let tx = concierge.db.tenant(turn.tenant).await?;
        Ok(Box::new(LiveWork {
            tx,
            concierge,
            turn,
        }))
    }

    async fn look(
        &self,
        tx: &mut TenantTx,
    ) -> Result<(Conversation, Vec<SaidTurn>), ConversationError> {
        let conversation = find(tx, self.turn.conversation).await?;
        Ok((conversation, transcript(tx, self.turn.conversation).await?))
    }

    async fn hold(&self, tx: &mut TenantTx) -> Result<Conversation, ConversationError> {
        load_for_update(tx, self.turn.conversation).await
    }
}

#[async_trait]
impl Work for LiveWork<'_> {
    fn tx(&mut self) -> &mut TenantTx {
        &mut self.tx
    }

    async fn end(self: Box<Self>) -> Result<(), DbError> {
        self.tx.commit().await
    }

    async fn keep(
        self: Box<Self>,
        conversation: &Conversation,
        finished: Finished,
        journal: &mut Journal,
    ) -> Result<Answered, ResponderError> {
        let keeping = self
            .concierge
            .keep(self.tx, self.turn, conversation, finished, journal);
        keeping.await
    }
}
