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
    /// What was given is no document of its format, or says too much for one.
    #[error("{source_name} {reason}")]
    Unfit {
        /// What it is known by.
        source_name: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// Another document, which comes from elsewhere, has this name.
    #[error("a document of another origin is called {0}")]
    SourceTaken(String),
    /// So many documents are there that none is taken in any more.
    #[error("there are as many documents as there can be")]
    TooMany,
    /// Another document of the business is being taken in.
    #[error("another document is being taken in")]
    Busy,
    /// There is no such document or question.
    #[error("there is no such thing")]
    NotFound,
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
            Self::Unfit { .. } => "unfit_document",
            Self::SourceTaken(_) => "source_taken",
            Self::TooMany => "too_many_documents",
            Self::Busy => "knowledge_busy",
            Self::NotFound => "not_found",
            Self::Dimensions { .. } => "wrong_dimensions",
            Self::Embed(error) => error.code(),
            Self::Sql(_) => "internal",
        }
    }
}
