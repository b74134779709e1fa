/// Why there are no vectors.
#[derive(Debug, thiserror::Error)]
pub enum EmbedError {
    /// The settings cannot work.
    #[error("the embedding service is set up wrongly: {0}")]
    Settings(String),
    /// The service could not be reached, or broke off.
    #[error("the embedding service could not be reached")]
    Unreachable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The service said no: a wrong key, no money left, too many requests.
    #[error("the embedding service refused: {0}")]
    Refused(String),
    /// The answer is not what was asked for.
    #[error("the embedding service answered with {0}")]
    Unexpected(String),
}

impl EmbedError {
    /// A stable word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Settings(_) => "embedding_settings",
            Self::Unreachable(_) => "embedding_unreachable",
            Self::Refused(_) => "embedding_refused",
            Self::Unexpected(_) => "embedding_unexpected",
        }
    }
}
