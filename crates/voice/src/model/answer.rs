use serde::{Deserialize, Serialize};

/// What the caller is told, and what happens then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Words to be spoken: no web address in them, codes spelled out. May be empty.
    pub text: String,
    /// A link for a caller who has a screen.
    #[serde(default)]
    pub payment_url: Option<String>,
    /// How the call goes on.
    pub then: Then,
}

/// How a call goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Then {
    /// The caller takes this turn.
    Listen {
        /// Its number.
        turn: i32,
    },
    /// This turn is still being answered: ask again in a moment.
    Wait {
        /// Its number.
        turn: i32,
    },
    /// The call is over.
    HangUp,
}

impl Answer {
    pub(crate) fn listen(text: impl Into<String>, turn: i32) -> Self {
        Self {
            text: text.into(),
            payment_url: None,
            then: Then::Listen { turn },
        }
    }

    pub(crate) fn wait(turn: i32) -> Self {
        Self {
            text: String::new(),
            payment_url: None,
            then: Then::Wait { turn },
        }
    }

    pub(crate) fn hang_up(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            payment_url: None,
            then: Then::HangUp,
        }
    }
}
