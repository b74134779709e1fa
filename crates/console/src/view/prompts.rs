use askama::Template;

use super::{Head, Notice};

/// How models are told what they are: each kind of prompt with its versions.
#[derive(Debug, Template)]
#[template(path = "prompts.html")]
pub struct PromptsPage {
    /// The bar at the top.
    pub head: Head,
    /// What was just done.
    pub notice: Option<Notice>,
    /// Whether who looks may change anything.
    pub may_write: bool,
    /// One of each kind.
    pub prompts: Vec<PromptCard>,
}

/// A kind of prompt.
#[derive(Debug)]
pub struct PromptCard {
    /// `writing`.
    pub kind: &'static str,
    /// "Front desk in writing".
    pub title: &'static str,
    /// "Version 3".
    pub active: String,
    /// Its number.
    pub active_number: i32,
    /// The last activation, as it was looked at: who rolls back twice goes back once.
    pub activation: i32,
    /// Whether another version was active before.
    pub can_go_back: bool,
    /// The newest versions, the newest first.
    pub versions: Vec<PromptVersionRow>,
    /// What was active when, the last first.
    pub activations: Vec<PromptActivationRow>,
}

/// A version in a list.
#[derive(Debug)]
pub struct PromptVersionRow {
    /// Its number.
    pub number: i32,
    /// What is different about it.
    pub note: String,
    /// "Dana, 1 December, 10:00".
    pub saved: String,
    /// Whether it is the active one.
    pub active: bool,
}

/// That a version became active.
#[derive(Debug)]
pub struct PromptActivationRow {
    /// "Version 3".
    pub what: String,
    /// Whether the one after it was rolled back.
    pub rolled_back: bool,
    /// "Dana, 1 December, 10:00".
    pub who: String,
}

/// One version: what it says, and what making it active would change.
#[derive(Debug, Template)]
#[template(path = "prompt_version.html")]
pub struct PromptVersionPage {
    /// The bar at the top.
    pub head: Head,
    /// Whether who looks may change anything.
    pub may_write: bool,
    /// `writing`.
    pub kind: &'static str,
    /// "Front desk in writing".
    pub title: &'static str,
    /// Its number.
    pub number: i32,
    /// "Version 3".
    pub name: String,
    /// What is different about it, and who saved it when.
    pub about: String,
    /// Whether it is the active one.
    pub active: bool,
    /// "Version 2": what it is compared with.
    pub against: String,
    /// Every line of both.
    pub lines: Vec<PromptLine>,
    /// What it says now.
    pub shown: PromptShown,
}

/// A line of two versions.
#[derive(Debug)]
pub struct PromptLine {
    /// `same`, `removed` or `added`.
    pub fate: &'static str,
    /// In a word, for who does not see colours.
    pub sign: &'static str,
    /// The line.
    pub text: String,
}

/// What a template says with the values of the house.
#[derive(Debug)]
pub enum PromptShown {
    /// What it says, and the same with the rules around it.
    Said {
        /// What the template says.
        said: String,
        /// All that a model is told.
        told: String,
    },
    /// Why it says nothing.
    Fault(String),
}

/// A version to be.
#[derive(Debug, Template)]
#[template(path = "prompt_edit.html")]
pub struct PromptEditPage {
    /// The bar at the top.
    pub head: Head,
    /// Why it was refused.
    pub errors: Vec<String>,
    /// `writing`.
    pub kind: &'static str,
    /// "Front desk in writing".
    pub title: &'static str,
    /// The template as it was typed.
    pub text: String,
    /// What is different about it.
    pub note: String,
    /// How a guest may have reached the house, and whether it is looked at so.
    pub channels: Vec<(&'static str, bool)>,
    /// What it may speak of: name, meaning, and whether it has to.
    pub variables: Vec<(&'static str, &'static str, bool)>,
    /// What it says, where that was asked.
    pub shown: Option<PromptShown>,
}
