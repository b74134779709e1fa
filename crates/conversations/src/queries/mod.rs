//! Reading; nothing here writes.

mod begun_before;
mod fell_back;
mod find;
mod hand_overs;
mod of_guest;
mod of_guests;
mod recent;
mod records;
mod transcript;
mod turn;

pub use begun_before::begun_before;
pub use fell_back::fell_back;
pub use find::{find, load_for_update};
pub use hand_overs::{hand_over_settings, hand_overs, hand_overs_since, rules_of_hand_over};
pub use of_guest::of_guest;
pub use of_guests::of_guests;
pub use recent::{MOST_LISTED, recent};
pub use records::{model_use_since, record, records};
pub use transcript::transcript;
pub use turn::turn;
