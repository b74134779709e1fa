//! Reading; nothing here writes.

mod adjustments;
mod budgets;
mod payments;
mod plans;
mod routes;
mod seats;
mod statements;
mod subscriptions;
mod usage;

pub use adjustments::open_adjustments;
pub use budgets::budget;
pub use payments::payment;
pub(crate) use payments::{open_payment, payments_in_doubt, tenant_of_payment};
pub use plans::{default_plan, offered_plan, offered_plans};
pub use routes::{cheapest, price_of};
pub use seats::{properties_in_use, seats_in_use};
pub(crate) use statements::is_overdue;
pub use statements::{lines, statement, statements};
pub(crate) use subscriptions::lock;
pub use subscriptions::{may_use, subscription};
pub use usage::{spent, used, used_by_provider};
