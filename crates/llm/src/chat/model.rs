use async_trait::async_trait;

use super::{ChatAnswer, ChatError, ChatRequest};

/// A model that answers, or asks for tools.
#[async_trait]
pub trait ChatModel: Send + Sync {
    /// Names it, for the record.
    fn name(&self) -> &str;

    /// One answer. Words are handed to `heard` as they come; whether they are fit to be shown is for whoever asked to decide.
    ///
    /// # Errors
    /// [`ChatError`]; what was heard until then is no answer.
    async fn answer(
        &self,
        request: &ChatRequest,
        heard: &mut dyn Deltas,
    ) -> Result<ChatAnswer, ChatError>;
}

/// Hears words as they come.
pub trait Deltas: Send {
    /// Some more words.
    fn hear(&mut self, words: &str);
}

impl<F: FnMut(&str) + Send> Deltas for F {
    fn hear(&mut self, words: &str) {
        self(words);
    }
}

/// Waits for the whole answer.
pub struct Unheard;

impl Deltas for Unheard {
    fn hear(&mut self, _: &str) {}
}
