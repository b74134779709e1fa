//! Pure functions.

mod chain;

pub(crate) use chain::{chained, walk};
