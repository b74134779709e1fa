//! The nouns of this crate.

mod action_taken;
mod conversation;
mod guest_message;
mod turn;
mod turn_record;

pub use action_taken::ActionTaken;
pub use conversation::{Channel, Conversation, ConversationSummary, Status};
pub use guest_message::{GuestMessage, InvalidMessage};
pub use turn::{NewTurn, Speaker, Turn};
pub use turn_record::{EngineKind, ModelUse, NewTurnRecord, TurnRecord};
