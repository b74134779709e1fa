//! Changes. The caller opens the transaction and commits it.

mod add;
mod check;
mod rules;
mod showings;

pub use add::{add, would_add};
pub use rules::{MOST_RULES, change_rule, create_rule, order_rules, remove_rule, switch_rule};
pub use showings::{answer, become_part, show};
