use std::sync::Arc;
use std::time::Instant;

use chrono::NaiveDate;
use motel_conversations::{ActionTaken, GuestTurn};
use motel_db::TenantTx;
use motel_llm::chat::{ChatRequest, OpenAiChat, Steady};

use super::scene::Scene;
use crate::engine::turn::{House, Turn};
use crate::tools::{Desk, TimesFound};
use crate::verifier::Sources;

/// One answer while it is being found.
pub(super) struct Talk<'a> {
    pub(super) turn: &'a GuestTurn<'a>,
    pub(super) scene: Scene,
    pub(super) request: ChatRequest,
    pub(super) sources: Sources,
    pub(super) found: Found,
    /// The tools that have answered.
    pub(super) actions: Vec<ActionTaken>,
    pub(super) wrong: usize,
    pub(super) called: usize,
    pub(super) deadline: Instant,
    pub(super) model: Arc<Steady<OpenAiChat>>,
}

/// What was found last for this answer: the guest's next message may be about it.
#[derive(Default)]
pub(super) struct Found {
    /// Codes of the rooms, in the order shown.
    pub(super) rooms: Vec<String>,
    /// Times of a service, with the day they are on.
    pub(super) times: Option<(NaiveDate, TimesFound)>,
}

impl Talk<'_> {
    /// The message as the house would answer it.
    pub(super) fn begin_turn<'a>(&'a self, tx: &'a mut TenantTx, desk: Desk<'a>) -> Turn<'a> {
        let scene = &self.scene;
        let (said, state) = (scene.said.clone(), scene.state.clone());
        let house = House {
            groups: &scene.groups,
            services: &scene.services,
        };
        let mut turn = Turn::new(tx, desk, house, self.turn.message, said, state);
        turn.done.actions.clone_from(&self.actions);
        turn
    }
}
