//! Forms as they come in, and the same parsed.

mod amount;
mod payment;
mod refund;

pub(crate) use amount::TypedAmount;
pub(crate) use payment::{PaymentForm, WAYS};
pub(crate) use refund::RefundForm;
