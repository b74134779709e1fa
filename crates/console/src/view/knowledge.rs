use askama::Template;

use super::{Head, Notice};

/// What guests are told, and what they asked in vain.
#[derive(Debug, Template)]
#[template(path = "knowledge.html")]
pub struct KnowledgePage {
    /// The bar at the top.
    pub head: Head,
    /// What was just done.
    pub notice: Option<Notice>,
    /// Why something was refused.
    pub error: Option<String>,
    /// Whether who looks may change anything.
    pub may_write: bool,
    /// What nothing here answers, the most asked first.
    pub questions: Vec<QuestionCard>,
    /// Every document, by source.
    pub documents: Vec<DocumentRow>,
}

/// A question that waits for an answer.
#[derive(Debug)]
pub struct QuestionCard {
    /// Its id.
    pub id: String,
    /// As it was put first.
    pub wording: String,
    /// Other ways it was put.
    pub others: Vec<String>,
    /// "asked 3 times, last on …".
    pub asked: String,
}

/// A document.
#[derive(Debug)]
pub struct DocumentRow {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it is known by.
    pub source: String,
    /// Where it comes from.
    pub origin: &'static str,
    /// "12 passages, version 2".
    pub extent: String,
    /// "until 31 December 2026".
    pub until: Option<String>,
    /// Whether guests are not told it any more.
    pub is_over: bool,
}
