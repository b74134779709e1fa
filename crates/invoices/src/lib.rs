#![doc = include_str!("../README.md")]

pub mod commands;
mod error;
mod events;
#[cfg(feature = "http")]
pub mod http;
pub mod jobs;
mod model;
pub mod queries;
pub mod render;
mod rules;
mod schema;

pub use error::InvoiceError;
pub use events::InvoiceSent;
pub use model::{
    Addressee, InvalidInvoiceNumber, Invoice, InvoiceKind, InvoiceLine, InvoiceNumber, Issuer,
    Language, PaymentLine, Snapshot, TaxName, TaxRow, TaxWithin,
};
