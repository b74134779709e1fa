use askama::Template;

use super::{Head, Notice};

/// How who is tried out does beside whoever answers guests.
#[derive(Debug, Template)]
#[template(path = "rehearsals.html")]
pub struct RehearsalsPage {
    /// The bar at the top.
    pub head: Head,
    /// What was just done.
    pub notice: Option<Notice>,
    /// Why something was refused.
    pub error: Option<String>,
    /// Who is tried out; nobody where there is none.
    pub tried: Option<TriedCard>,
}

/// Who is tried out.
#[derive(Debug)]
pub struct TriedCard {
    /// "The model a-model".
    pub name: String,
    /// "Answers 20 % of the conversations, and the others silently".
    pub part: String,
    /// Why it was taken back, if it was.
    pub taken_back: Option<String>,
    /// Of a hundred conversations, how many it gets.
    pub share: i16,
    /// Whether it answers the others silently.
    pub silent: bool,
    /// What the form was made from.
    pub version: i32,
    /// When it is taken back.
    pub bounds: Vec<String>,
    /// How it did lately, each with what it is.
    pub lately: Vec<(&'static str, String)>,
    /// How far it is, by what guests want.
    pub intents: Vec<ReadyRow>,
    /// Answers that differ, the latest first.
    pub differing: Vec<DifferingRow>,
    /// Whether who looks may change the share.
    pub may_set: bool,
}

/// How far a candidate is with something that guests want.
#[derive(Debug)]
pub struct ReadyRow {
    /// "book".
    pub intent: String,
    /// "24".
    pub turns: usize,
    /// "20 of 24".
    pub same: String,
    /// "96 %".
    pub agreement: String,
    /// Whether it may be trusted with it.
    pub ready: bool,
}

/// An answer that differs from what the guest heard.
#[derive(Debug)]
pub struct DifferingRow {
    /// The conversation it is from.
    pub conversation: String,
    /// What the guest wanted.
    pub intent: String,
    /// When.
    pub when: String,
    /// "50 %".
    pub agreement: String,
    /// What the guest heard.
    pub heard: String,
    /// What the candidate would have said.
    pub tried: String,
    /// What only the answer that was heard did and quoted.
    pub only_heard: Vec<String>,
    /// What only the candidate did and quoted.
    pub only_tried: Vec<String>,
}
