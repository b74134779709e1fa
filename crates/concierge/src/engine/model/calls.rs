use std::time::Instant;

use motel_conversations::ActionTaken;
use motel_llm::chat::{ChatAnswer, Message, ToolCall};
use serde_json::{Value, json};

use super::Fallback;
use super::converse::ByModel;
use super::talk::Talk;
use super::wanted::{Wanted, wanted};
use crate::engine::Answered;
use crate::engine::journal::{Journal, ToolUsed, micros};

/// How many tools a model gets for one answer: guests' questions need two or three.
const MOST_CALLS: usize = 8;
const MOST_WRONG_CALLS: usize = 2;

/// What came of one call.
pub(super) enum Heard {
    /// A tool has answered.
    Result(Value),
    /// The turn is over.
    Over(Box<Answered>),
}

impl ByModel<'_> {
    /// Uses the tools that are asked for, in order, until one ends the turn.
    pub(super) async fn use_tools(
        &self,
        talk: &mut Talk<'_>,
        answer: ChatAnswer,
        journal: &mut Journal,
    ) -> Result<Option<Answered>, Fallback> {
        let calls = answer.calls.clone();
        talk.request.messages.push(Message::Calls {
            text: answer.text,
            calls: answer.calls,
        });
        for call in calls {
            talk.called += 1;
            if talk.called > MOST_CALLS {
                return Err(Fallback::TooManyCalls);
            }
            match self.use_tool(talk, &call, journal).await? {
                Heard::Over(answered) => return Ok(Some(*answered)),
                Heard::Result(result) => {
                    let content = result.to_string();
                    talk.request.messages.push(Message::Result {
                        call: call.id,
                        content,
                    });
                }
            }
        }
        Ok(None)
    }

    async fn use_tool(
        &self,
        talk: &mut Talk<'_>,
        call: &ToolCall,
        journal: &mut Journal,
    ) -> Result<Heard, Fallback> {
        let began = Instant::now();
        let wanted = match wanted(call) {
            Ok(Wanted::Act(act)) => return self.act(talk, call, act, journal).await,
            Ok(wanted) => wanted,
            Err(why) => return wrong(talk, call, why, journal),
        };
        let result = self.read(talk, wanted, journal).await?;
        talk.sources.trust(&result.to_string());
        journal.stage("tools", began.elapsed());
        let refusal = result.get("refused").and_then(Value::as_str);
        let outcome = refusal.unwrap_or("done").to_owned();
        talk.actions.push(ActionTaken {
            tool: call.name.clone(),
            outcome: outcome.clone(),
        });
        journal.used(ToolUsed {
            name: call.name.clone(),
            arguments: given(call),
            outcome,
            took_ms: micros(began.elapsed()) / 1_000,
            result: result.clone(),
        });
        Ok(Heard::Result(result))
    }
}

/// A call that cannot be done is told to the model, some times.
pub(super) fn wrong(
    talk: &mut Talk<'_>,
    call: &ToolCall,
    why: String,
    journal: &mut Journal,
) -> Result<Heard, Fallback> {
    let result = json!({ "refused": "wrong_call", "why": why });
    journal.used(ToolUsed {
        name: call.name.chars().take(60).collect(),
        arguments: given(call),
        outcome: "wrong_call".to_owned(),
        took_ms: 0,
        result: result.clone(),
    });
    talk.wrong += 1;
    match talk.wrong > MOST_WRONG_CALLS {
        true => Err(Fallback::WrongCalls),
        false => Ok(Heard::Result(result)),
    }
}

/// What a call was given, as far as it is JSON.
pub(super) fn given(call: &ToolCall) -> Value {
    let read = serde_json::from_str(&call.arguments);
    read.unwrap_or_else(|_| json!(call.arguments.chars().take(500).collect::<String>()))
}
