//! A model that talks and asks for tools: the port, a client of services that speak OpenAI's API, and what makes it steady.

mod answer;
mod breaker;
mod error;
mod model;
mod openai;
mod request;
mod retry;
mod steady;

pub use answer::{ChatAnswer, TokensUsed};
pub use breaker::Breaker;
pub use error::ChatError;
pub use model::{ChatModel, Deltas, Unheard};
pub use openai::{Api, OpenAiChat, OpenAiChatSettings};
pub use request::{ChatRequest, Message, ToolCall, ToolSpec};
pub use steady::{Steadiness, Steady};
