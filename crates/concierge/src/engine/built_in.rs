use std::time::Instant;

use async_trait::async_trait;
use motel_conversations::GuestTurn;
use motel_conversations::queries::load_for_update;

use super::journal::Journal;
use super::turn::{House, Turn};
use super::{Answered, Concierge, Declined, Engine, conversation_fault, fault};
use crate::dialogue::State;

/// The engine that needs no model: understands, acts and answers in one transaction.
pub(super) struct BuiltIn<'a>(pub(super) &'a Concierge);

#[async_trait]
impl Engine for BuiltIn<'_> {
    async fn answer(
        &self,
        turn: &GuestTurn<'_>,
        journal: &mut Journal,
    ) -> Result<Answered, Declined> {
        let began = Instant::now();
        let concierge = self.0;
        let mut tx = concierge.db.tenant(turn.tenant).await.map_err(broken)?;
        let conversation = load_for_update(&mut tx, turn.conversation)
            .await
            .map_err(|error| Declined::Fault(conversation_fault(error)))?;
        let groups = motel_inventory::queries::unit_groups(&mut tx, turn.property.id)
            .await
            .map_err(broken)?;
        let state = State::read(&conversation.engine_state);
        // Where there are rooms, those are what is asked for, unless an appointment was begun with a model.
        let services = match groups.is_empty() || state.session.service.is_some() {
            true => motel_appointments::queries::services(&mut tx, turn.property.id, false)
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
        let finished = Turn::new(&mut tx, desk, house, turn.message, said, state)
            .run()
            .await
            .map_err(broken)?;
        journal.stage("act", began.elapsed());
        let kept = concierge
            .keep(tx, turn, &conversation, finished, journal)
            .await;
        kept.map_err(Declined::Fault)
    }
}

fn broken(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Declined {
    Declined::Fault(fault(error))
}
