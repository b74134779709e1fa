//! What is done with credentials. None of it commits.

mod put;
mod remove;
mod rewrap;

pub use put::put_credential;
pub use remove::remove_credential;
pub use rewrap::rewrap_credential;
