use std::time::Instant;

use motel_llm::chat::{ChatAnswer, ChatError, ChatRequest, TokensUsed, Unheard};

use super::Fallback;
use super::converse::ByModel;
use super::talk::Talk;
use crate::engine::journal::{Journal, legible};

impl ByModel<'_> {
    /// Asks the model once, as long as there is time.
    pub(super) async fn ask(
        &self,
        talk: &Talk<'_>,
        journal: &mut Journal,
    ) -> Result<ChatAnswer, Fallback> {
        let began = Instant::now();
        let left = talk.deadline.saturating_duration_since(began);
        if left.is_zero() {
            return Err(Fallback::OutOfTime);
        }
        if !self
            .choice
            .leaves_something(journal.used_with(talk.scene.used))
        {
            return Err(Fallback::Budget);
        }
        let mut unheard = Unheard;
        let asking = talk.model.answer_within(&talk.request, &mut unheard, left);
        let answered = asking.await;
        journal.stage("model", began.elapsed());
        let unsent = matches!(
            answered,
            Err(ChatError::Resting | ChatError::Settings(_) | ChatError::Unreachable(_))
        );
        if !unsent {
            let tokens = used(&talk.request, answered.as_ref().ok());
            journal.spent(tokens, self.choice.cost_micros(tokens));
        }
        let mut answer = answered?;
        if let Some(first) = answer.first_sign {
            journal.stage("model_first_sign", first);
        }
        answer.text = legible(&answer.text);
        Ok(answer)
    }
}

/// What a call used. Where the service does not say, or the call failed, some four letters are a token.
fn used(request: &ChatRequest, answer: Option<&ChatAnswer>) -> TokensUsed {
    const LETTERS: usize = 4;
    let told = answer.map(|answer| answer.tokens).unwrap_or_default();
    if told.total() > 0 {
        return told;
    }
    let tokens = |letters: usize| u32::try_from(letters / LETTERS + 1).unwrap_or(u32::MAX);
    let written = answer.map_or(0, |answer| {
        let calls = answer.calls.iter().map(|call| call.arguments.len());
        tokens(answer.text.len() + calls.sum::<usize>())
    });
    TokensUsed {
        read: tokens(request.letters()),
        written,
    }
}
