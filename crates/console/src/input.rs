//! Forms as they come in, and the same parsed.

mod amount;
mod invoice;
mod payment;
mod refund;

pub(crate) use amount::TypedAmount;
pub(crate) use invoice::{CreditForm, InvoiceForm, LANGUAGES};
pub(crate) use payment::{PaymentForm, WAYS};
pub(crate) use refund::RefundForm;
