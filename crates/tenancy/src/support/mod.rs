//! A business lets whoever runs the installation in for some hours. Nobody comes without; who came, and why, stays on record.

mod access;
mod enter;
mod model;
mod sweep;
mod visit;

pub use access::{let_support_in, support_access, support_visits, turn_support_out};
pub use enter::{enter, look_at_visit};
pub use model::{NewVisit, SupportAccess, SupportHours, SupportVisit};
pub(crate) use sweep::turn_out_those_who_are_over;
pub use visit::{support_link, visit};
