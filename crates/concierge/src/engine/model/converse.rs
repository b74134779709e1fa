use std::time::Instant;

use async_trait::async_trait;
use motel_conversations::GuestTurn;
use motel_llm::chat::{ChatRequest, Message};

use super::desk::patience;
use super::draft::check;
use super::scene::Scene;
use super::strict::specs;
use super::talk::{Found, Talk};
use super::{Fallback, ModelDesk, told};
use crate::ModelChoice;
use crate::dialogue::urgent;
use crate::engine::journal::Journal;
use crate::engine::stage::Stage;
use crate::engine::{Answered, Concierge, Declined, Engine};

/// How often a model is asked for one answer.
const MOST_ROUNDS: usize = 6;
/// Tokens of an answer; guests read some lines.
const MOST_TOKENS: u32 = 800;

/// The engine that asks a language model.
pub(in crate::engine) struct ByModel<'a> {
    pub(in crate::engine) concierge: &'a Concierge,
    pub(in crate::engine) desk: &'a ModelDesk,
    pub(in crate::engine) stage: &'a dyn Stage,
    pub(in crate::engine) choice: &'a ModelChoice,
    /// Which version of the prompt for writing it is told; the active one without.
    pub(in crate::engine) prompt: Option<i32>,
}

#[async_trait]
impl Engine for ByModel<'_> {
    async fn answer(
        &self,
        turn: &GuestTurn<'_>,
        journal: &mut Journal,
    ) -> Result<Answered, Declined> {
        Ok(self.converse(turn, journal).await?)
    }
}

impl ByModel<'_> {
    async fn converse(
        &self,
        turn: &GuestTurn<'_>,
        journal: &mut Journal,
    ) -> Result<Answered, Fallback> {
        if turn.message.had_card_number() {
            return Err(Fallback::CardNumber);
        }
        if urgent(&turn.message.to_string()).is_some() {
            return Err(Fallback::HouseStep);
        }
        let began = Instant::now();
        let scene = Scene::read(self, turn).await?;
        // What the house has offered it takes back or keeps itself, and by its rules it brings in a person itself.
        if scene.state.upsell.asked.is_some() || scene.for_a_person {
            return Err(Fallback::HouseStep);
        }
        journal.stage("read", began.elapsed());
        let mut talk = self.begin(turn, scene, journal)?;
        let mut mended = false;
        for _ in 0..MOST_ROUNDS {
            let answer = self.ask(&talk, journal).await?;
            if !answer.calls.is_empty() {
                match self.use_tools(&mut talk, answer, journal).await? {
                    Some(answered) => return Ok(answered),
                    None => continue,
                }
            }
            match check(&talk, &answer.text, journal) {
                Ok(()) => return self.say(&talk, answer.text, journal).await,
                Err((fault, _)) if mended => return Err(fault),
                Err((_, remark)) => {
                    mended = true;
                    talk.request.messages.push(Message::Model(answer.text));
                    talk.request.messages.push(Message::Remark(remark));
                }
            }
        }
        Err(Fallback::TooManyCalls)
    }

    fn begin<'t>(
        &self,
        turn: &'t GuestTurn<'t>,
        scene: Scene,
        journal: &mut Journal,
    ) -> Result<Talk<'t>, Fallback> {
        let model = self.desk.model(turn.tenant, self.choice, &scene.account)?;
        let house = scene.house(turn);
        let today = told::today(self.concierge.desk(turn).today());
        let mut sources = scene.sources(&house);
        sources.trust(&today);
        let values = told::variables(turn.property, turn.channel.as_str(), today, house);
        let told = told::tell(&scene.prompt, &values)?;
        journal.told(told.noted);
        let mut messages = scene.messages();
        messages.push(Message::Remark(scene.noted()));
        Ok(Talk {
            request: ChatRequest {
                instructions: told.instructions,
                messages,
                tools: specs(!scene.groups.is_empty(), !scene.services.is_empty()),
                most_tokens: MOST_TOKENS,
            },
            turn,
            scene,
            sources,
            found: Found::default(),
            actions: Vec::new(),
            wrong: 0,
            called: 0,
            deadline: Instant::now() + patience(turn.channel, self.choice),
            model,
        })
    }
}
