//! The nouns of this crate.

mod answer;
mod call;
mod heard;
mod incoming_call;

pub use answer::{Answer, Then};
pub use call::{Call, CallStatus, Provider};
pub use heard::{Heard, InvalidDigits, KeysPressed};
pub use incoming_call::{IncomingCall, InvalidCallId, ProviderCallId};
