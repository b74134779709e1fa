/// Why a text is no template that may be kept. Lines count from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateFault {
    /// It speaks of a variable that there is not.
    #[error("line {line}: there is no variable `{name}`")]
    UnknownVariable {
        /// In which line.
        line: usize,
        /// What it is called there.
        name: String,
    },
    /// It does something that templates of prompts cannot.
    #[error(
        "line {line}: `{what}` cannot stand here; there are variables, texts in quotes, if, elif, else, endif, and, or, not, == and !="
    )]
    NotAllowed {
        /// In which line.
        line: usize,
        /// What stands there.
        what: String,
    },
    /// Something begins and does not end.
    #[error("line {line}: `{what}` is not closed")]
    Unclosed {
        /// Where it begins.
        line: usize,
        /// What.
        what: &'static str,
    },
    /// The pieces do not fit together.
    #[error("line {line}: {reason}")]
    Malformed {
        /// In which line.
        line: usize,
        /// Why.
        reason: String,
    },
    /// It does not say what every prompt has to say.
    #[error("it has to say {{{{ {name} }}}} {}", .channel.map_or_else(|| "in every case".to_owned(), |it| format!("also where the channel is {it}")))]
    Missing {
        /// The variable.
        name: &'static str,
        /// Where it is missing, if not everywhere.
        channel: Option<&'static str>,
    },
}
