//! The front desk answers while its owner's subscription says so.

use std::sync::Arc;

use async_trait::async_trait;
use motel_conversations::commands::record_turn;
use motel_conversations::{
    Channel, ConversationError, GuestTurn, NewTurn, Reply, Responder, ResponderError, Speaker,
};
use motel_db::Db;
use motel_plans::{Meter, PlansError, queries};

/// The intent of an answer that says that there is none.
pub(super) const UNAVAILABLE: &str = "unavailable";

/// A responder that asks first whether it may answer. What a guest says meanwhile is kept for the staff.
pub(super) struct Entitled {
    db: Db,
    answering: Arc<dyn Responder>,
}

impl Entitled {
    pub(super) fn new(db: Db, answering: Arc<dyn Responder>) -> Self {
        Self { db, answering }
    }

    async fn may_answer(&self, turn: &GuestTurn<'_>) -> Result<bool, ResponderError> {
        let meter = match turn.channel {
            Channel::Phone => Meter::Minutes,
            _ => Meter::Messages,
        };
        let mut tx = self.db.tenant(turn.tenant).await.map_err(fault)?;
        let asked = queries::may_use(&mut tx, meter).await;
        tx.commit().await.map_err(fault)?;
        match asked {
            Ok(()) => Ok(true),
            Err(PlansError::Refused(refusal)) => {
                tracing::warn!(tenant = %turn.tenant, code = refusal.code(), "a guest is not answered");
                Ok(false)
            }
            Err(error @ PlansError::Db(_)) => Err(fault(error)),
            Err(error) => {
                tracing::error!(tenant = %turn.tenant, error = &error as &dyn std::error::Error, "nobody can say whether guests may be answered, so they are");
                Ok(true)
            }
        }
    }

    async fn decline(&self, turn: &GuestTurn<'_>) -> Result<Reply, ResponderError> {
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
        let mut tx = self.db.tenant(turn.tenant).await.map_err(fault)?;
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
}

#[async_trait]
impl Responder for Entitled {
    async fn respond(&self, turn: GuestTurn<'_>) -> Result<Reply, ResponderError> {
        match self.may_answer(&turn).await? {
            true => self.answering.respond(turn).await,
            false => self.decline(&turn).await,
        }
    }
}

fn fault(error: impl std::error::Error + Send + Sync + 'static) -> ResponderError {
    ResponderError::Fault(Box::new(error))
}
