use motel_prompts::{LONGEST_NOTE, LONGEST_TEXT, NewVersion, PromptKind};
use motel_web::FieldErrors;
use serde::Deserialize;

/// A version of a prompt as it is typed.
#[derive(Clone, Deserialize)]
pub(crate) struct RawPrompt {
    pub(crate) text: String,
    #[serde(default)]
    pub(crate) note: String,
    /// For which channel it is looked at.
    #[serde(default)]
    pub(crate) channel: String,
}

impl RawPrompt {
    /// The same, if it may be kept.
    pub(crate) fn parse(&self, kind: PromptKind) -> Result<NewVersion, FieldErrors> {
        let mut errors = FieldErrors::new();
        let text = errors.text("text", &self.text, 1..=LONGEST_TEXT);
        let note = errors.text("note", &self.note, 0..=LONGEST_NOTE);
        let (Some(text), Some(note)) = (text, note) else {
            return Err(errors);
        };
        let parsed = NewVersion::parse(kind, &text, &note);
        parsed.map_err(|fault| FieldErrors::of("text", fault))
    }
}
