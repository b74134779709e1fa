mod activation;
mod kind;
mod number;
mod variables;
mod version;

pub use activation::{Activation, Standing};
pub use kind::PromptKind;
pub use number::VersionNumber;
pub use variables::{Variable, Variables};
pub use version::{LONGEST_NOTE, LONGEST_TEXT, NewVersion, Prompt, PromptVersionId, SavedVersion};
