//! The crate from outside: published signatures, and TwiML read by a real XML parser.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod published_vectors;
mod twiml;
