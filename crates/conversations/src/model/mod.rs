//! The nouns of this crate.

mod action_taken;
mod conversation;
mod fell_back;
mod guest_message;
mod hand_over;
mod hand_over_rules;
mod turn;
mod turn_record;

pub use action_taken::ActionTaken;
pub use conversation::{Channel, Conversation, ConversationSummary, Status};
pub use fell_back::FellBack;
pub use guest_message::{GuestMessage, InvalidMessage};
pub use hand_over::{HandOver, HandOverReason};
pub use hand_over_rules::{HandOverRules, HandOverSettings, OutOfBounds};
pub use turn::{NewTurn, Speaker, Turn};
pub use turn_record::{EngineKind, ModelUse, NewTurnRecord, TurnRecord};
