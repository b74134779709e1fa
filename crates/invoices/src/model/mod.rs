//! The nouns: one a file.

mod addressee;
mod invoice;
mod issuer;
mod kind;
mod language;
mod line;
mod number;
mod snapshot;
mod tax_row;

pub use addressee::Addressee;
pub use invoice::Invoice;
pub(crate) use invoice::{InvoiceRow, NewInvoice};
pub use issuer::Issuer;
pub use kind::InvoiceKind;
pub use language::Language;
pub use line::{InvoiceLine, PaymentLine, TaxName, TaxWithin};
pub use number::{InvalidInvoiceNumber, InvoiceNumber};
pub use snapshot::Snapshot;
pub use tax_row::TaxRow;
