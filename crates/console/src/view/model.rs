use askama::Template;

use super::{Head, Notice};

/// Which language model answers guests, what it spent, and when it did not answer.
#[derive(Debug, Template)]
#[template(path = "model.html")]
pub struct ModelPage {
    /// The bar at the top.
    pub head: Head,
    /// What was just done.
    pub notice: Option<Notice>,
    /// Why it was refused.
    pub errors: Vec<String>,
    /// Whether who looks may change anything.
    pub may_write: bool,
    /// "A model answers".
    pub state: &'static str,
    /// Who chose it when; none where none was chosen.
    pub chosen: Option<String>,
    /// Whether a key is set.
    pub has_key: bool,
    /// Whether who looks may go where keys are set.
    pub may_see_keys: bool,
    /// "12,000 of 1,000,000 tokens".
    pub tokens: String,
    /// What those cost.
    pub cost: String,
    /// What can be set.
    pub form: ModelFields,
    /// When a model did not answer, the last first.
    pub fallbacks: Vec<FallbackRow>,
    /// Whether who looks may read conversations.
    pub may_read: bool,
}

/// The form, as it is filled.
#[derive(Debug)]
pub struct ModelFields {
    /// What is there now; 0 where no model was chosen.
    pub version: String,
    /// Whether the box is ticked.
    pub enabled: bool,
    /// The address of the service.
    pub base_url: String,
    /// Ways to talk, each with what it is called and whether it is chosen.
    pub apis: Vec<(&'static str, &'static str, bool)>,
    /// The model.
    pub model: String,
    /// Texts and numbers, each in a field of its own.
    pub numbers: Vec<NumberField>,
}

/// A field for a number.
#[derive(Debug)]
pub struct NumberField {
    /// The field's name.
    pub name: &'static str,
    /// What it asks for.
    pub label: &'static str,
    /// What is in it.
    pub value: String,
    /// Whether it may not be empty.
    pub required: bool,
}

/// That a model did not answer.
#[derive(Debug)]
pub struct FallbackRow {
    /// "It was too slow".
    pub why: String,
    /// When.
    pub when: String,
    /// Where it can be read.
    pub address: String,
}
