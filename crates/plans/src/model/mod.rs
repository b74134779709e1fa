//! The nouns.

mod adjustment;
mod budget;
mod meter;
mod payment;
mod period;
mod plan;
mod route;
mod statement;
mod statement_id;
mod subscription;

pub use adjustment::{Adjustment, AdjustmentKind};
pub use budget::Budget;
pub use meter::{Meter, Usage, Used};
pub use payment::{Payment, PaymentState};
pub use period::Period;
pub use plan::{MeterTerms, Plan, Terms};
pub use route::Route;
pub use statement::{LineKind, Stage, Statement, StatementLine};
pub use statement_id::StatementId;
pub use subscription::{Subscription, SubscriptionStatus};

pub(crate) use adjustment::AdjustmentRow;
pub(crate) use payment::PaymentRow;
pub(crate) use plan::PlanRow;
pub(crate) use statement::{ReceivableRow, StatementRow};
pub(crate) use subscription::SubscriptionRow;

use motel_kernel::Money;

use crate::PlansError;

/// An amount as two columns hold it.
pub(crate) fn money(minor: i64, currency: &str) -> Result<Money, PlansError> {
    let currency = currency.parse().map_err(PlansError::fault)?;
    Ok(Money::new(minor, currency))
}
