//! The nouns.

mod cleaning_rule;
mod planned;
mod task;
mod unit_today;

pub use cleaning_rule::{CleaningRule, CleaningRuleDetails};
pub use planned::Planned;
pub use task::{Task, TaskAction, TaskKind, TaskStatus};
pub use unit_today::UnitToday;
