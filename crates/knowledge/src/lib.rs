#![doc = include_str!("../README.md")]

pub mod commands;
mod error;
#[cfg(feature = "http")]
pub mod http;
mod model;
pub mod queries;
mod rules;
mod schema;

pub use error::KnowledgeError;
pub use model::{
    Answer, Contents, Document, Format, IngestStep, IngestSummary, NewDocument, OpenQuestion,
    Origin, Passage, Put, QuestionId, Tier, UploadName, Version,
};
