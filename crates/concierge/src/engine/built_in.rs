use std::time::Instant;

use async_trait::async_trait;
use motel_conversations::GuestTurn;

use super::journal::Journal;
use super::stage::Stage;
use super::turn::{House, Turn};
use super::{Answered, Concierge, Declined, Engine, conversation_fault, fault};
use crate::dialogue::State;

/// The engine that needs no model: understands, acts and answers in one transaction.
pub(super) struct BuiltIn<'a> {
    pub(super) concierge: &'a Concierge,
    pub(super) stage: &'a dyn Stage,
}

#[async_trait]
impl Engine for BuiltIn<'_> {
    async fn answer(
        &self,
        turn: &GuestTurn<'_>,
        journal: &mut Journal,
    ) -> Result<Answered, Declined> {
        let began = Instant::now();
        let concierge = self.concierge;
        let mut work = self.stage.open().await.map_err(broken)?;
        let tx = work.tx();
        let conversation = self
            .stage
            .hold(tx)
            .await
            .map_err(|error| Declined::Fault(conversation_fault(error)))?;
        let groups = motel_inventory::queries::unit_groups(tx, turn.property.id)
            .await
            .map_err(broken)?;
        let state = State::read(&conversation.engine_state);
        // Where there are rooms, those are what is asked for, unless an appointment was begun with a model.
        let services = match groups.is_empty() || state.session.service.is_some() {
            true => motel_appointments::queries::services(tx, turn.property.id, false)
                .await
                .map_err(broken)?,
            false => Vec::new(),
        };
        let said = concierge.understand(turn, &groups, &state);
        journal.stage("understand", began.elapsed());
        let began = Instant::now();
        let desk = concierge.desk(turn);
        let house = House {
            groups: &groups,
            services: &services,
        };
        let finished = Turn::new(tx, desk, house, turn.message, said, state)
            .run()
            .await
            .map_err(broken)?;
        journal.stage("act", began.elapsed());
        let kept = work.keep(&conversation, finished, journal).await;
        kept.map_err(Declined::Fault)
    }
}

fn broken(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Declined {
    Declined::Fault(fault(error))
}
