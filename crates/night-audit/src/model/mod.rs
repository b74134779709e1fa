//! The nouns: one a file.

mod night_audit;
mod report;
mod schedule;
mod statistics;

pub use night_audit::NightAudit;
pub(crate) use night_audit::NightAuditRow;
pub use report::{ChargedNight, Finding, FindingKind, Report, RolledNoShow};
pub use schedule::Schedule;
pub use statistics::Statistics;
