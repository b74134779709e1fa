use std::fmt;

use super::Gather;
use super::xml::{Escaped, bounded};

/// The most characters said in one go. Twilio speaks up to 4,096; nobody listens to half as many.
pub const LONGEST_SPEECH: usize = 3_000;

/// `<Response>`: what Twilio does next, verb after verb.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Response(Vec<Verb>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Verb {
    Say(String),
    Gather(Gather, String),
    Pause(u8),
    Redirect(String),
    Hangup,
}

impl Response {
    /// Nothing yet. An empty response hangs up.
    pub fn new() -> Self {
        Self::default()
    }

    /// Speaks; text beyond [`LONGEST_SPEECH`] characters is cut at the end of a sentence.
    #[must_use]
    pub fn say(self, text: impl Into<String>) -> Self {
        self.then(Verb::Say(text.into()))
    }

    /// Speaks while it listens already, so that the caller may interrupt.
    #[must_use]
    pub fn gather(self, gather: Gather, prompt: impl Into<String>) -> Self {
        self.then(Verb::Gather(gather, prompt.into()))
    }

    /// Waits so many seconds in silence.
    #[must_use]
    pub fn pause(self, seconds: u8) -> Self {
        self.then(Verb::Pause(seconds))
    }

    /// Asks this address what to do next.
    #[must_use]
    pub fn redirect(self, url: impl Into<String>) -> Self {
        self.then(Verb::Redirect(url.into()))
    }

    /// Hangs up.
    #[must_use]
    pub fn hang_up(self) -> Self {
        self.then(Verb::Hangup)
    }

    fn then(mut self, verb: Verb) -> Self {
        self.0.push(verb);
        self
    }
}

/// The XML document.
impl fmt::Display for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(r#"<?xml version="1.0" encoding="UTF-8"?><Response>"#)?;
        for verb in &self.0 {
            verb.fmt(f)?;
        }
        f.write_str("</Response>")
    }
}

impl fmt::Display for Verb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Say(text) => say(f, text),
            Self::Gather(gather, prompt) => {
                gather.open(f)?;
                say(f, prompt)?;
                f.write_str("</Gather>")
            }
            Self::Pause(seconds) => write!(f, r#"<Pause length="{seconds}"/>"#),
            Self::Redirect(url) => {
                write!(f, r#"<Redirect method="POST">{}</Redirect>"#, Escaped(url))
            }
            Self::Hangup => f.write_str("<Hangup/>"),
        }
    }
}

fn say(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    write!(f, "<Say>{}</Say>", Escaped(bounded(text, LONGEST_SPEECH)))
}
