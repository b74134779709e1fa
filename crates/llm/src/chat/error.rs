use std::time::Duration;

/// Why a model gave no answer.
#[derive(Debug, thiserror::Error)]
pub enum ChatError {
    /// The settings cannot work.
    #[error("the model is set up wrongly: {0}")]
    Settings(String),
    /// It could not be reached, or may not be.
    #[error("the model could not be reached")]
    Unreachable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// It said nothing, or not enough, in time.
    #[error("the model took too long")]
    TimedOut,
    /// It is asked too often.
    #[error("the model is asked too often")]
    RateLimited {
        /// When it may be asked again, if it said so.
        after: Option<Duration>,
    },
    /// It has trouble of its own.
    #[error("the model's service failed with {status}")]
    Failing {
        /// The HTTP status.
        status: u16,
        /// When it may be asked again, if it said so.
        after: Option<Duration>,
    },
    /// It said no: a wrong key, an unknown model, no money left.
    #[error("the model's service refused with {status}: {message}")]
    Refused {
        /// The HTTP status; 0 when it refused in the middle of an answer.
        status: u16,
        /// In its own words, cut short.
        message: String,
    },
    /// The answer ended before it was complete.
    #[error("the model broke off")]
    BrokeOff,
    /// The answer is not what was asked for.
    #[error("the model answered with {0}")]
    Unexpected(String),
    /// It failed so often of late that it is left alone for a while.
    #[error("the model is left alone for a while")]
    Resting,
}

impl ChatError {
    /// A stable word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Settings(_) => "model_settings",
            Self::Unreachable(_) => "model_unreachable",
            Self::TimedOut => "model_timed_out",
            Self::RateLimited { .. } => "model_rate_limited",
            Self::Failing { .. } => "model_failing",
            Self::Refused { .. } => "model_refused",
            Self::BrokeOff => "model_broke_off",
            Self::Unexpected(_) => "model_unexpected",
            Self::Resting => "model_resting",
        }
    }

    /// Whether the same may be asked again, since nothing was answered yet.
    pub fn may_pass(&self) -> bool {
        matches!(
            self,
            Self::Unreachable(_) | Self::RateLimited { .. } | Self::Failing { .. } | Self::BrokeOff
        )
    }

    /// When the service wants to be asked again.
    pub fn told_to_wait(&self) -> Option<Duration> {
        match self {
            Self::RateLimited { after } | Self::Failing { after, .. } => *after,
            _ => None,
        }
    }
}
