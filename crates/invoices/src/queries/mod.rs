//! Reading documents. Nothing here writes.

mod coverage;
mod invoices;

pub(crate) use coverage::coverage;
pub use coverage::credited;
pub use invoices::{InvoiceFilter, invoice, invoices, of_folio};
