use std::fmt;

use super::xml::{Escaped, bounded};

/// What the caller may answer with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Input {
    /// Keys only.
    Dtmf,
    /// Words only.
    Speech,
    /// Words or keys.
    SpeechAndDtmf,
}

/// `<Gather>`: listens to the caller and posts what was understood to `action`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gather {
    /// Where the answer is posted.
    pub action: String,
    /// What the caller may answer with.
    pub input: Input,
    /// Seconds of silence before giving up.
    pub timeout: u8,
    /// The language listened for, such as `en-US`.
    pub language: String,
    /// Words to expect. The first 100 count, each up to 100 characters.
    pub hints: Vec<String>,
    /// How many keys make an answer; without it the caller ends with `#` or falls silent.
    pub num_digits: Option<u8>,
    /// Post to `action` also when nothing was said; else the call goes on with the next verb.
    pub action_on_empty_result: bool,
}

const MOST_HINTS: usize = 100;
const LONGEST_HINT: usize = 100;

impl Gather {
    /// Listens for words or keys in American English, five seconds long, and posts silence as well.
    pub fn to(action: impl Into<String>) -> Self {
        Self {
            action: action.into(),
            input: Input::SpeechAndDtmf,
            timeout: 5,
            language: "en-US".to_owned(),
            hints: Vec::new(),
            num_digits: None,
            action_on_empty_result: true,
        }
    }

    /// The opening tag.
    pub(super) fn open(&self, out: &mut impl fmt::Write) -> fmt::Result {
        let input = match self.input {
            Input::Dtmf => "dtmf",
            Input::Speech => "speech",
            Input::SpeechAndDtmf => "speech dtmf",
        };
        let action = Escaped(&self.action);
        write!(
            out,
            r#"<Gather input="{input}" action="{action}" method="POST" timeout="{}""#,
            self.timeout
        )?;
        write!(
            out,
            r#" language="{}" speechTimeout="auto""#,
            Escaped(&self.language)
        )?;
        if let Some(digits) = self.num_digits {
            write!(out, r#" numDigits="{digits}""#)?;
        }
        if !self.hints.is_empty() {
            write!(out, r#" hints="{}""#, Escaped(&self.hint_list()))?;
        }
        write!(
            out,
            r#" actionOnEmptyResult="{}">"#,
            self.action_on_empty_result
        )
    }

    /// A comma parts two hints, so none may contain one.
    fn hint_list(&self) -> String {
        let hints = self.hints.iter().take(MOST_HINTS);
        hints
            .map(|hint| bounded(hint, LONGEST_HINT).replace(',', " "))
            .collect::<Vec<_>>()
            .join(", ")
    }
}
