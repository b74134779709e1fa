//! Counting who fails to get in, and making them wait.

mod rules;
mod store;
mod subject;

pub(crate) use store::{forget, let_through, reserve, sweep_attempts};
pub(crate) use subject::Subject;

/// Whether something may be tried now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Turn {
    /// It may.
    Granted,
    /// Not before so many seconds have passed.
    Wait(u32),
}
