#![doc = include_str!("../README.md")]

mod admit;
mod error;
mod jobs;
mod limit;
mod middleware;
mod settings;
mod subject;

pub use admit::{Admission, admit};
pub use error::LimitsError;
pub use jobs::register;
pub use limit::Limit;
pub use middleware::{limit_as, limit_requests};
pub use settings::Limits;
pub use subject::Subject;
