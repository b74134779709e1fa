use askama::Template;

use super::{Head, Notice};

/// When conversations are handed to a person.
#[derive(Debug, Template)]
#[template(path = "hand_over.html")]
pub struct HandOverPage {
    /// The bar at the top.
    pub head: Head,
    /// What was just done.
    pub notice: Option<Notice>,
    /// Why something was refused.
    pub error: Option<String>,
    /// Whether they may set the rules.
    pub may_set: bool,
    /// Each rule, with how often it was followed lately.
    pub rules: Vec<HandOverRow>,
    /// After so many answers in a row that helped nobody.
    pub failures: String,
    /// From this amount on; empty for none.
    pub amount: String,
    /// From so many nights on; empty for none.
    pub nights: String,
    /// What amounts are in.
    pub currency: String,
}

/// A rule.
#[derive(Debug)]
pub struct HandOverRow {
    /// Its word.
    pub word: &'static str,
    /// What it is called.
    pub name: &'static str,
    /// When it hands a conversation over, and what then happens.
    pub about: &'static str,
    /// Whether it is on.
    pub on: bool,
    /// How often it was followed in the last 30 days.
    pub count: i64,
}

/// A conversation that was handed over, for who takes over.
#[derive(Debug)]
pub struct HandOverCard {
    /// By which rule.
    pub name: &'static str,
    /// When.
    pub when: String,
    /// What they should know, line by line.
    pub summary: Vec<String>,
}
