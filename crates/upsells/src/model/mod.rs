//! Rules, and what became of what they offered.

mod conditions;
mod offered;
mod priced;
mod rule;
mod rule_row;
mod showing;
mod take_up;
mod words;

pub use conditions::{Conditions, Span};
pub use offered::Offered;
pub use priced::{Added, Addition, Priced, Wanted};
pub use rule::{Rule, RuleDetails, RuleId, Trigger};
pub(crate) use rule_row::RuleRow;
pub(crate) use showing::ShowingRow;
pub use showing::{Outcome, Past, Showing, ShowingId};
pub use take_up::TakeUp;
pub use words::{InvalidWords, Words};
