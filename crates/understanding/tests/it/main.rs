//! Reading from outside: how long it takes.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod long_texts;
mod tones;
