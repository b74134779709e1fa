use crate::{Prompt, VersionNumber};

motel_db::text_enum! {
    /// Which conversations a prompt is for: what is read may be longer than what is heard.
    pub enum PromptKind {
        /// The front desk in writing.
        Writing = "writing",
        /// The front desk on the telephone.
        Phone = "phone",
    }
}

impl PromptKind {
    /// What it is called among people.
    pub fn title(self) -> &'static str {
        match self {
            Self::Writing => "Front desk in writing",
            Self::Phone => "Front desk on the telephone",
        }
    }

    /// The words that `channel` can be in it.
    pub fn channels(self) -> &'static [&'static str] {
        match self {
            Self::Writing => &["web", "sms", "whatsapp", "email"],
            Self::Phone => &["phone"],
        }
    }

    /// The text that comes with the program: version 0 of every business.
    pub fn default_text(self) -> &'static str {
        match self {
            Self::Writing => include_str!("../defaults/writing.txt").trim_ascii_end(),
            Self::Phone => include_str!("../defaults/phone.txt").trim_ascii_end(),
        }
    }

    /// The same with its number.
    pub fn default_prompt(self) -> Prompt {
        Prompt {
            kind: self,
            number: VersionNumber::DEFAULT,
            text: self.default_text().to_owned(),
        }
    }
}
