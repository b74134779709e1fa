//! The nouns.

mod answer;
mod ingest;
mod passage;
mod vector;

pub use answer::Answer;
pub use ingest::{IngestStep, IngestSummary};
pub use passage::{Passage, Tier};
pub(crate) use vector::{DIMENSIONS, Vector, VectorSql};
