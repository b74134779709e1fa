//! What a template may hold, what it says, and how two differ. Pure.

mod difference;
mod fault;
mod render;
mod tags;
mod vet;

pub use difference::{DiffLine, LineFate, difference};
pub use fault::TemplateFault;
pub use render::{RenderFault, render};
pub use vet::vet;
