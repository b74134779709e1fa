//! Use cases, one a file. The caller opens the transaction and commits it.

mod assign_unit;
mod book;
mod cancel;
mod idempotency;
mod quote;

pub use book::{BookRequest, Booked, book, book_quote};
pub use cancel::cancel;
pub use quote::{QUOTE_STANDS, QuoteRequest, quote};
