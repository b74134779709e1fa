//! What happened, as others hear of it. A new field must be optional; a field never changes its meaning.

use motel_jobs::Event;
use motel_kernel::{Email, InvoiceId};
use serde::{Deserialize, Serialize};

/// Staff sent a document to somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvoiceSent {
    /// Which.
    pub invoice_id: InvoiceId,
    /// To whom.
    pub to: Email,
}

impl Event for InvoiceSent {
    const KIND: &'static str = "invoice.sent";
}
