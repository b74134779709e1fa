//! Pure rules: which nights are charged, what they bring, when a day is due.

mod due;
mod nights;

pub use due::{check_closable, due_at};
pub use nights::{charges, net_room_rate, nights_to_charge};
