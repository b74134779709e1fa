//! What can go wrong while measuring.

use std::path::PathBuf;

/// Why nothing could be measured.
#[derive(Debug, thiserror::Error)]
pub enum EvalError {
    /// A file or folder could not be read or written.
    #[error("{path}: {source}")]
    Io {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A line is no JSON object.
    #[error("{path}, line {line}: {source}")]
    Line {
        /// The file.
        path: PathBuf,
        /// Counted from 1.
        line: usize,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// No set has this name.
    #[error("no set is called {0}")]
    NoSuchSet(String),
}

impl EvalError {
    /// Its stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Io { .. } => "eval_io",
            Self::Line { .. } => "eval_line",
            Self::NoSuchSet(_) => "eval_no_such_set",
        }
    }
}
