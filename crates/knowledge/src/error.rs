use std::path::PathBuf;

use motel_llm::EmbedError;

/// Why knowledge could not be taken in or searched.
#[derive(Debug, thiserror::Error)]
pub enum KnowledgeError {
    /// A file or folder could not be read.
    #[error("{path} could not be read")]
    Unreadable {
        /// Which one.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// A file is not text.
    #[error("{path} is not UTF-8 text")]
    NotText {
        /// Which one.
        path: PathBuf,
    },
    /// A file or folder is larger than this crate takes in.
    #[error("{path} {excess}")]
    TooLarge {
        /// Which one.
        path: PathBuf,
        /// Which bound it breaks.
        excess: String,
    },
    /// The model's vectors do not fit the table.
    #[error("vectors of {model} have {dimensions} numbers, not {expected}")]
    Dimensions {
        /// The model.
        model: String,
        /// What it makes.
        dimensions: usize,
        /// What is stored.
        expected: usize,
    },
    /// There are no vectors.
    #[error("the text could not be embedded")]
    Embed(#[from] EmbedError),
    /// A statement failed.
    #[error("the knowledge could not be read or written")]
    Sql(#[from] diesel::result::Error),
}

impl KnowledgeError {
    /// A stable word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreadable { .. } => "unreadable_file",
            Self::NotText { .. } => "not_text",
            Self::TooLarge { .. } => "too_large",
            Self::Dimensions { .. } => "wrong_dimensions",
            Self::Embed(error) => error.code(),
            Self::Sql(_) => "internal",
        }
    }
}
