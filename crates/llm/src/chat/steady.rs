use std::sync::Arc;
use std::time::{Duration, Instant};

use async_trait::async_trait;

use super::retry::pause;
use super::{Breaker, ChatAnswer, ChatError, ChatModel, ChatRequest, Deltas};

/// How long and how often a model is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Steadiness {
    /// How long one call may take, until its last word.
    pub call: Duration,
    /// How many calls are made for one answer at most.
    pub tries: u32,
    /// How long all of them may take, with the waiting in between.
    pub altogether: Duration,
}

/// A model that is asked again when it fails in passing, is not waited for in vain, and is left alone when it keeps failing.
pub struct Steady<M> {
    model: M,
    steadiness: Steadiness,
    breaker: Arc<Breaker>,
}

impl<M: ChatModel> Steady<M> {
    /// The model with its breaker, which outlives it: who makes a client for each turn keeps the breaker.
    pub fn new(model: M, steadiness: Steadiness, breaker: Arc<Breaker>) -> Self {
        Self {
            model,
            steadiness,
            breaker,
        }
    }

    async fn once(
        &self,
        request: &ChatRequest,
        heard: &mut dyn Deltas,
        left: Duration,
    ) -> Result<ChatAnswer, ChatError> {
        let patience = self.steadiness.call.min(left);
        match tokio::time::timeout(patience, self.model.answer(request, heard)).await {
            Ok(answered) => answered,
            Err(_) => Err(ChatError::TimedOut),
        }
    }

    /// One answer, where there is less time than usual. Who is not waited for any longer has failed, which is noted.
    ///
    /// # Errors
    /// As [`ChatModel::answer`].
    pub async fn answer_within(
        &self,
        request: &ChatRequest,
        heard: &mut dyn Deltas,
        left: Duration,
    ) -> Result<ChatAnswer, ChatError> {
        let began = Instant::now();
        let altogether = self.steadiness.altogether.min(left);
        let mut tried = 0;
        loop {
            if !self.breaker.lets_through(Instant::now()) {
                return Err(ChatError::Resting);
            }
            let left = altogether.saturating_sub(began.elapsed());
            let mut spoke = false;
            let mut listening = |words: &str| {
                spoke = true;
                heard.hear(words);
            };
            let answered = self.once(request, &mut listening, left).await;
            tried += 1;
            let error = match answered {
                Ok(answer) => {
                    self.breaker.succeeded();
                    return Ok(answer);
                }
                Err(error) => error,
            };
            self.note(&error);
            let left = altogether.saturating_sub(began.elapsed());
            let wait = pause(tried, self.steadiness.tries, error.told_to_wait(), left);
            // Words that were heard cannot be taken back, so who spoke is not asked again.
            match wait.filter(|_| error.may_pass() && !spoke) {
                Some(wait) => tokio::time::sleep(wait).await,
                None => return Err(error),
            }
        }
    }

    /// What a refusal says of the service: a wrong key is not its failure, but will not mend itself either.
    fn note(&self, error: &ChatError) {
        if !matches!(error, ChatError::Unexpected(_) | ChatError::Settings(_)) {
            self.breaker.failed(Instant::now());
        }
    }
}

#[async_trait]
impl<M: ChatModel> ChatModel for Steady<M> {
    fn name(&self) -> &str {
        self.model.name()
    }

    async fn answer(
        &self,
        request: &ChatRequest,
        heard: &mut dyn Deltas,
    ) -> Result<ChatAnswer, ChatError> {
        self.answer_within(request, heard, self.steadiness.altogether)
            .await
    }
}
