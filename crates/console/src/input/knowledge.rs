use chrono::NaiveDate;
use motel_knowledge::UploadName;
use motel_web::{FieldErrors, Input};
use serde::Deserialize;

/// What guests are to be told, as it comes in.
#[derive(Deserialize)]
pub(crate) struct RawNote {
    title: String,
    text: String,
    #[serde(default)]
    valid_until: String,
}

/// The same, parsed: a file of Markdown, called after its title.
pub(crate) struct NoteForm {
    pub(crate) name: UploadName,
    pub(crate) markdown: String,
    pub(crate) valid_until: Option<NaiveDate>,
}

impl Input for NoteForm {
    type Raw = RawNote;

    fn parse(raw: RawNote) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let title = errors.text("title", &raw.title, 1..=150);
        let text = errors.text("text", &raw.text, 1..=3_000);
        let valid_until = errors.check("last day", last_day(&raw.valid_until));
        let file = title.and_then(|title| {
            let name = format!("{}.md", title.replace('/', "-"));
            Some((errors.check("title", UploadName::parse(&name))?, title))
        });
        let parsed = || {
            let (name, title) = file?;
            Some(Self {
                name,
                markdown: format!("# {title}\n\n{}", text?.replace('\r', "")),
                valid_until: valid_until?,
            })
        };
        parsed().ok_or(errors)
    }
}

/// An answer to what was asked in vain, as it comes in.
#[derive(Deserialize)]
pub(crate) struct RawAnswer {
    question: String,
    answer: String,
}

/// The same, parsed.
pub(crate) struct AnswerForm {
    pub(crate) question: String,
    pub(crate) answer: String,
}

impl Input for AnswerForm {
    type Raw = RawAnswer;

    fn parse(raw: RawAnswer) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let question = errors.text("question", &raw.question, 1..=300);
        let answer = errors.text("answer", &raw.answer, 1..=3_000);
        question
            .zip(answer)
            .map(|(question, answer)| Self {
                question,
                answer: answer.replace('\r', ""),
            })
            .ok_or(errors)
    }
}

/// The day in a form's field; none where it was left empty.
pub(crate) fn last_day(text: &str) -> Result<Option<NaiveDate>, &'static str> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let day = text.parse::<NaiveDate>();
    day.map(Some).map_err(|_| "is no day such as 2026-12-31")
}
