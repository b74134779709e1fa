#![doc = include_str!("../README.md")]

pub mod commands;
mod error;
mod events;
mod model;
mod port;
pub mod queries;
mod schema;

pub use error::ConversationError;
pub use events::{ConversationHandedOver, TurnRecorded};
pub use model::{
    ActionTaken, Channel, Conversation, ConversationSummary, EngineKind, FellBack, GuestMessage,
    HandOver, HandOverReason, HandOverRules, HandOverSettings, InvalidMessage, ModelUse, NewTurn,
    NewTurnRecord, OutOfBounds, Speaker, Status, Turn, TurnRecord,
};
pub use port::{BookingMade, GuestTurn, Reply, Responder, ResponderError};
