//! What is kept of assistants.

mod ceilings;
mod visit;

pub(crate) use ceilings::CeilingsRow;
pub use ceilings::{Ceilings, SetCeilings};
pub use visit::VisitId;
