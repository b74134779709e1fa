//! Reading rules, what was offered before, and what an offer would cost.

mod preview;
mod priced;
mod rules;
mod take_up;

pub use preview::{PreviewStay, preview, preview_stay};
pub use priced::priced;
pub(crate) use priced::priced_change;
pub use rules::{past, rule, rules, rules_on, seasons_on};
pub use take_up::take_up;
