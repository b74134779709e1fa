//! The nouns.

mod answer;
mod contents;
mod document;
mod format;
mod ingest;
mod passage;
mod question;
mod upload_name;
mod vector;

pub use answer::Answer;
pub use contents::{Contents, NewDocument, Put};
pub use document::{Document, Origin, Version};
pub use format::Format;
pub use ingest::{IngestStep, IngestSummary};
pub use passage::{Passage, Tier};
pub(crate) use question::QuestionStatus;
pub use question::{OpenQuestion, QuestionId};
pub use upload_name::UploadName;
pub(crate) use vector::{DIMENSIONS, Vector, VectorSql};
