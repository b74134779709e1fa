use askama::Template;

use super::{HandOverCard, Head};

/// What was said in one conversation.
#[derive(Debug, Template)]
#[template(path = "transcript.html")]
pub struct TranscriptPage {
    /// The bar at the top.
    pub head: Head,
    /// "Chat" or "Call".
    pub heading: String,
    /// When it began.
    pub began: String,
    /// Why it was handed to a person, and what they should know.
    pub hand_overs: Vec<HandOverCard>,
    /// In order.
    pub turns: Vec<TurnView>,
}

/// One thing somebody said.
#[derive(Clone, Debug)]
pub struct TurnView {
    /// Whether the guest said it.
    pub guest: bool,
    /// Who said it.
    pub speaker: String,
    /// What was said.
    pub text: String,
    /// At what time.
    pub when: String,
    /// What the desk understood it to be.
    pub intent: Option<String>,
    /// How it came about, where somebody recorded that.
    pub record: Option<RecordView>,
}

/// How an answer came about.
#[derive(Clone, Debug)]
pub struct RecordView {
    /// "Built in" or the model's name, and why it is not a model's.
    pub summary: String,
    /// How long the guest waited, and what a model used for it.
    pub cost: String,
    /// The tools, each with what came of it.
    pub tools: Vec<String>,
    /// What a model would have said and was not let.
    pub withheld: Vec<String>,
}
