//! The front desk answers while its owner's subscription says so.

use std::sync::Arc;

use async_trait::async_trait;
use motel_conversations::{Channel, GuestTurn, Reply, Responder, ResponderError};
use motel_db::Db;
use motel_plans::{Meter, PlansError, queries};

use super::decline::{decline, fault};

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
}

#[async_trait]
impl Responder for Entitled {
    async fn respond(&self, turn: GuestTurn<'_>) -> Result<Reply, ResponderError> {
        match self.may_answer(&turn).await? {
            true => self.answering.respond(turn).await,
            false => decline(&self.db, &turn).await,
        }
    }
}
