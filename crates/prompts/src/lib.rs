#![doc = include_str!("../README.md")]

pub mod commands;
mod error;
#[cfg(feature = "http")]
pub mod http;
mod model;
pub mod queries;
mod rules;
mod schema;

pub use error::PromptsError;
pub use model::{
    Activation, LONGEST_NOTE, LONGEST_TEXT, NewVersion, Prompt, PromptKind, PromptVersionId,
    SavedVersion, Standing, Variable, Variables, VersionNumber,
};
pub use rules::{DiffLine, LineFate, RenderFault, TemplateFault, difference, render, vet};
