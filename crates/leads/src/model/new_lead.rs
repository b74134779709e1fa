use motel_kernel::{ConversationId, Party, PersonName, hide_card_numbers};

use crate::model::{Contact, LeadSource, WantedDates};

/// A person who may book one day, as just heard of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLead {
    /// What they are called.
    pub name: PersonName,
    /// How to reach them.
    pub contact: Contact,
    /// When they would like to come.
    pub wanted: WantedDates,
    /// Who would come, if they said.
    pub party: Option<Party>,
    /// Where the lead comes from.
    pub source: LeadSource,
    /// What else they said.
    pub notes: Notes,
    /// The conversation they said it in.
    pub conversation: Option<ConversationId>,
}

/// What else a lead said: trimmed, at most [`Notes::LONGEST`] characters, may be empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Notes(String);

/// Why a text cannot be kept as notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidNotes {
    /// More than [`Notes::LONGEST`] characters.
    #[error("can't be longer than {} characters", Notes::LONGEST)]
    TooLong,
    /// PostgreSQL could not even store some of them.
    #[error("contains control characters")]
    ControlCharacters,
}

impl Notes {
    /// The most characters notes have.
    pub const LONGEST: usize = 2_000;

    /// Reads notes. The number of a payment card in them is hidden.
    ///
    /// # Errors
    /// [`InvalidNotes`].
    pub fn parse(text: &str) -> Result<Self, InvalidNotes> {
        let text = text.trim();
        if text.chars().count() > Self::LONGEST {
            return Err(InvalidNotes::TooLong);
        }
        if text
            .chars()
            .any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
        {
            return Err(InvalidNotes::ControlCharacters);
        }
        Ok(Self(hide_card_numbers(text).into_owned()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
