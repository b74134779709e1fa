//! A language model that words answers and chooses tools, within the rules of the house (ADR 0026).
//!
//! It reads through tools as often as it needs to, within bounds. What changes something, shows somebody's booking or asks for a yes is a
//! step of the house: the model may ask for it, the dialogue's own rules decide whether the guest has agreed, the built-in engine does
//! it in one transaction with the record of the turn, and says so in its own words.

mod act;
mod asking;
mod calls;
mod converse;
mod desk;
mod draft;
mod facts;
mod fallback;
mod keeping;
mod preview;
mod prompt;
mod reading;
mod say;
mod scene;
mod session_facts;
mod session_steps;
mod session_wanted;
mod strict;
mod talk;
mod told;
mod wanted;

pub use desk::ModelDesk;
pub use preview::{PromptPreview, preview};

pub(super) use converse::ByModel;
pub(super) use fallback::Fallback;
