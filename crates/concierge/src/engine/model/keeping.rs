use motel_conversations::Conversation;
use motel_llm::chat::ToolCall;
use serde_json::Value;

use super::Fallback;
use super::act::NoStep;
use super::calls::{Heard, given, wrong};
use super::converse::ByModel;
use super::talk::Talk;
use super::wanted::Act;
use crate::engine::Answered;
use crate::engine::journal::{Journal, ToolUsed};
use crate::engine::stage::Work;
use crate::engine::turn::Finished;

impl ByModel<'_> {
    /// Lets the house take the step that the model asks for. It ends the turn, unless it is refused.
    pub(super) async fn act(
        &self,
        talk: &mut Talk<'_>,
        call: &ToolCall,
        act: Act,
        journal: &mut Journal,
    ) -> Result<Heard, Fallback> {
        let desk = self.concierge.desk(talk.turn);
        let (mut work, conversation) = self.hold(talk).await?;
        let heard = talk.scene.heard();
        let stepping = talk.begin_turn(work.tx(), desk).act(act, &heard).await;
        match stepping {
            Ok(finished) => {
                let asked = ToolUsed {
                    name: call.name.clone(),
                    arguments: given(call),
                    outcome: "a step of the house".to_owned(),
                    took_ms: 0,
                    result: Value::Null,
                };
                let before = journal.mark();
                journal.used(asked);
                let keeping = self.keep(work, &conversation, finished, journal);
                let kept = keeping.await.inspect_err(|_| journal.back_to(before))?;
                Ok(Heard::Over(Box::new(kept)))
            }
            // What was begun is dropped with the transaction.
            Err(NoStep::Refused(why)) => wrong(talk, call, why, journal),
            Err(NoStep::Fault(error)) => Err(Fallback::fault(error)),
        }
    }

    /// Sends the model's words, now that they were checked.
    pub(super) async fn say(
        &self,
        talk: &Talk<'_>,
        words: String,
        journal: &mut Journal,
    ) -> Result<Answered, Fallback> {
        let desk = self.concierge.desk(talk.turn);
        let (mut work, conversation) = self.hold(talk).await?;
        let finished: Finished = talk.begin_turn(work.tx(), desk).say(words, &talk.found)?;
        self.keep(work, &conversation, finished, journal).await
    }

    /// Takes the conversation in a transaction, if it is still where it was when the model was asked.
    async fn hold(&self, talk: &Talk<'_>) -> Result<(Box<dyn Work + '_>, Conversation), Fallback> {
        let mut work = self.stage.open().await.map_err(Fallback::fault)?;
        let now = self.stage.hold(work.tx()).await;
        let now = now.map_err(Fallback::fault)?;
        let then = &talk.scene.conversation;
        match now.state_version == then.state_version {
            true => Ok((work, now)),
            false => Err(Fallback::Overtaken),
        }
    }

    /// Keeps what a model has answered, or asked the house to do.
    async fn keep(
        &self,
        work: Box<dyn Work + '_>,
        conversation: &Conversation,
        finished: Finished,
        journal: &mut Journal,
    ) -> Result<Answered, Fallback> {
        journal.answered_by_model(&self.choice.model);
        let keeping = work.keep(conversation, finished, journal);
        keeping.await.map_err(Fallback::fault)
    }
}
