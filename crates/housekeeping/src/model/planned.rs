use chrono::NaiveDate;

use crate::Task;

/// What planning a day came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// Which day.
    pub date: NaiveDate,
    /// The tasks that were not there before.
    pub made: Vec<Task>,
    /// How many stay-over tasks stood already.
    pub stood: usize,
    /// How many untouched stay-over tasks were dropped, because their guest has left or moved.
    pub dropped: usize,
}
