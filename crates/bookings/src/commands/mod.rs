//! Use cases, one a file. The caller opens the transaction and commits it.

mod book;
mod cancel;
mod claims;
mod idempotency;
mod make;
mod occasion;
pub(crate) mod placement;
mod pricing;
mod quote;
pub(crate) mod record;

pub use book::{BookRequest, Booked, book, book_quote};
pub use cancel::cancel;
pub use quote::{QUOTE_STANDS, quote};
