//! What can be done to a conversation. The caller opens the transaction and commits it.

mod forget;
mod hand_over;
mod record_answer;
mod record_turn;
mod save_state;
mod start;
mod status;

pub use forget::{follow_guest, forget};
pub use hand_over::{hand_over_because, put_hand_over_rules};
pub use record_answer::record_answer;
pub use record_turn::record_turn;
pub use save_state::save_state;
pub use start::start;
pub use status::{close, hand_over, know_guest};
