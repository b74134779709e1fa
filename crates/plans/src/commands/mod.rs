//! Changing. Every command that changes what a tenant owes holds its subscription first.

mod adjust;
mod budget;
mod change_plan;
mod close_periods;
mod dun;
mod open;
mod prepare_payment;
mod record;
mod routes;
mod standing;
mod take_payment_event;

pub use budget::{put_budget, remove_budget};
pub use change_plan::{Changed, change_plan};
pub use close_periods::close_periods;
pub use dun::dun;
pub(crate) use dun::statements_to_dun;
pub use open::{open_missing_subscriptions, open_subscription};
pub(crate) use prepare_payment::{end_payment, note_asking, prepare_payment, store_checkout};
pub use record::{Recorded, record};
pub use routes::put_route;
pub use standing::{cancel, resume};
pub use take_payment_event::{Taken, take_payment_event};
