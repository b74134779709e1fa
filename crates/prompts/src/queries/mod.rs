//! Reads.

mod activations;
mod active;
mod standing;
mod version;

pub(crate) use activations::activation;
pub use activations::activations;
pub use active::active;
pub use standing::standing;
pub use version::{saved_version, saved_versions, version};
