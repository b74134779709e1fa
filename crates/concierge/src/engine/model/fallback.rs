use motel_llm::chat::ChatError;
use motel_prompts::RenderFault;

/// Why a model does not answer this time, and the built-in engine does.
#[derive(Debug, thiserror::Error)]
pub(in crate::engine) enum Fallback {
    /// The model failed, was too slow, or refused.
    #[error(transparent)]
    Model(#[from] ChatError),
    /// Not even the prompt that comes with the program renders.
    #[error("there is no prompt to tell the model")]
    NoPrompt(#[from] RenderFault),
    #[error("no key is set for the model")]
    NoKey,
    #[error("the day's budget is used up")]
    Budget,
    #[error("there was no time left")]
    OutOfTime,
    #[error("the model asked for tools and no end")]
    TooManyCalls,
    #[error("the model asked for tools that there are not, or wrongly")]
    WrongCalls,
    #[error("the model said nothing")]
    Silent,
    #[error("a figure could not be traced, also when the model was told")]
    Untraceable,
    #[error("the model claimed to have done what it had not")]
    Claimed,
    #[error("the model recited its instructions")]
    Recited,
    #[error("the guest gave the number of a card")]
    CardNumber,
    #[error("this step is taken by the house in its own words")]
    HouseStep,
    #[error("the conversation went on meanwhile")]
    Overtaken,
    #[error("something of our own failed")]
    Fault(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Fallback {
    /// The word for the record of the turn.
    pub(in crate::engine) fn code(&self) -> &'static str {
        match self {
            Self::Model(error) => error.code(),
            Self::NoPrompt(_) => "no_prompt",
            Self::NoKey => "no_key",
            Self::Budget => "budget",
            Self::OutOfTime => "out_of_time",
            Self::TooManyCalls => "too_many_calls",
            Self::WrongCalls => "wrong_calls",
            Self::Silent => "silent",
            Self::Untraceable => "untraceable_figure",
            Self::Claimed => "claimed_an_act",
            Self::Recited => "recited",
            Self::CardNumber => "card_number",
            Self::HouseStep => "house_step",
            Self::Overtaken => "overtaken",
            Self::Fault(_) => "internal",
        }
    }

    /// Something of our own broke.
    pub(super) fn fault(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Fault(error.into())
    }
}
