use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{Activation, DiffLine, LineFate, PromptKind, SavedVersion, Standing, Variable};

/// Every kind of prompt, and what templates may speak of.
#[derive(Debug, Serialize, ToSchema)]
pub struct PromptsView {
    /// One of each kind.
    pub(crate) prompts: Vec<PromptStandingView>,
    /// What templates may speak of.
    pub(crate) variables: Vec<PromptVariableView>,
}

/// How the business stands with a kind of prompt.
#[derive(Debug, Serialize, ToSchema)]
pub struct PromptStandingView {
    /// `writing` or `phone`.
    kind: &'static str,
    /// Which version models are told; 0 is the text that comes with the program.
    active: i32,
    /// The number of the last version that was saved; 0 where none was.
    saved: i32,
    /// The last activation; 0 before the first. It is the `ETag` that rolling back takes.
    activation: i32,
}

impl From<Standing> for PromptStandingView {
    fn from(standing: Standing) -> Self {
        Self {
            kind: standing.kind.as_str(),
            active: standing.active().get(),
            saved: standing.saved(),
            activation: standing.last_activation(),
        }
    }
}

/// What templates may speak of.
#[derive(Debug, Serialize, ToSchema)]
pub struct PromptVariableView {
    /// What it is called.
    name: &'static str,
    /// What it says.
    meaning: &'static str,
    /// Whether every template has to say it.
    required: bool,
}

impl From<&Variable> for PromptVariableView {
    fn from(variable: &Variable) -> Self {
        Self {
            name: variable.name,
            meaning: variable.meaning,
            required: variable.required,
        }
    }
}

/// A version of a prompt.
#[derive(Debug, Serialize, ToSchema)]
pub struct PromptVersionView {
    /// `writing` or `phone`.
    kind: &'static str,
    /// Its number; 0 is the text that comes with the program.
    number: i32,
    /// The template.
    text: String,
    /// What is different about it, in a few words.
    note: String,
    /// Who saved it; null for version 0.
    saved_by: Option<String>,
    /// When; null for version 0.
    saved_at: Option<DateTime<Utc>>,
}

impl PromptVersionView {
    /// The one that comes with the program.
    pub(crate) fn default_of(kind: PromptKind) -> Self {
        Self {
            kind: kind.as_str(),
            number: 0,
            text: kind.default_text().to_owned(),
            note: "The text that comes with the program.".to_owned(),
            saved_by: None,
            saved_at: None,
        }
    }
}

impl From<SavedVersion> for PromptVersionView {
    fn from(saved: SavedVersion) -> Self {
        Self {
            kind: saved.kind.as_str(),
            number: saved.number.get(),
            text: saved.text,
            note: saved.note,
            saved_by: Some(saved.saved_by.to_string()),
            saved_at: Some(saved.saved_at),
        }
    }
}

/// How one version becomes another.
#[derive(Debug, Serialize, ToSchema)]
pub struct PromptDiffView {
    /// The version that is compared with.
    pub(crate) from: i32,
    /// The version that is looked at.
    pub(crate) to: i32,
    /// Every line of both, in order.
    pub(crate) lines: Vec<DiffLineView>,
}

/// A line of one version or of both.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PromptDiffLine)]
pub struct DiffLineView {
    /// `same`, `removed` or `added`.
    fate: &'static str,
    /// The line.
    text: String,
}

impl From<DiffLine> for DiffLineView {
    fn from(line: DiffLine) -> Self {
        Self {
            fate: match line.fate {
                LineFate::Same => "same",
                LineFate::Removed => "removed",
                LineFate::Added => "added",
            },
            text: line.text,
        }
    }
}

/// That a version became active.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PromptActivation)]
pub struct ActivationView {
    /// Grows with each of its kind.
    seq: i32,
    /// Which version; 0 is the text that comes with the program.
    version: i32,
    /// Whether it came back because the one after it was rolled back.
    rolled_back: bool,
    /// Who did it.
    activated_by: String,
    /// When.
    activated_at: DateTime<Utc>,
}

impl From<Activation> for ActivationView {
    fn from(activation: Activation) -> Self {
        Self {
            seq: activation.seq,
            version: activation.number().get(),
            rolled_back: activation.rolled_back,
            activated_by: activation.activated_by.to_string(),
            activated_at: activation.activated_at,
        }
    }
}
