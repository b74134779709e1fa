use std::ops::AddAssign;
use std::time::Duration;

use super::ToolCall;

/// What a model answered.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ChatAnswer {
    /// Its words; empty when it only asks for tools.
    pub text: String,
    /// The tools it asks for, in order.
    pub calls: Vec<ToolCall>,
    /// What that took. Nothing where the service does not say.
    pub tokens: TokensUsed,
    /// How long its first sign of life took.
    pub first_sign: Option<Duration>,
}

/// What was read and written for an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TokensUsed {
    /// Tokens of the request.
    pub read: u32,
    /// Tokens of the answer.
    pub written: u32,
}

impl TokensUsed {
    /// Both together.
    pub fn total(self) -> u32 {
        self.read.saturating_add(self.written)
    }
}

impl AddAssign for TokensUsed {
    fn add_assign(&mut self, more: Self) {
        self.read = self.read.saturating_add(more.read);
        self.written = self.written.saturating_add(more.written);
    }
}
