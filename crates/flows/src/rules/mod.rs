//! Pure rules: what makes a draft a flow, and how one is followed.

mod check;
mod follow;

pub(crate) use check::check;
pub use follow::{Came, Facts, Pause, Step, next};

#[cfg(test)]
mod tests;
