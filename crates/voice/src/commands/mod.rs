//! What happens at the desk. Answering and taking a turn open their own transactions, because the concierge must not
//! be called within one.

mod answer_call;
mod claim;
mod end_call;
mod forget;
mod take_turn;

pub use answer_call::{Answered, answer_call};
pub use end_call::{end_call, hang_up};
pub use forget::forget;
pub use take_turn::{WhichTurn, take_turn};
