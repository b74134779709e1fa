use askama::Template;

use super::Head;

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
}
