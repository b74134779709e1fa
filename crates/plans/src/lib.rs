#![doc = include_str!("../README.md")]

pub mod commands;
mod desk;
mod error;
mod events;
#[cfg(feature = "http")]
pub mod http;
pub mod jobs;
mod model;
pub mod queries;
pub mod rules;
mod schema;

pub use desk::{PayPage, PlanDesk};
pub use error::{PlansError, Refusal};
pub use events::{BudgetReached, StatementDue};
pub use model::{
    Adjustment, AdjustmentKind, Budget, LineKind, Meter, MeterTerms, Payment, PaymentState, Period,
    Plan, Route, Stage, Statement, StatementId, StatementLine, Subscription, SubscriptionStatus,
    Terms, Usage, Used,
};
