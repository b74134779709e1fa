//! Pure rules.

mod due;
mod steps;

pub(crate) use due::{priority, stay_over};
pub(crate) use steps::{allowed, step};
