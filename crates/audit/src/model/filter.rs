use std::str::FromStr;

use chrono::{DateTime, Utc};
use uuid::Uuid;

/// The most characters of what is looked for.
const LONGEST: usize = 300;

/// Which entries are wanted; what is not said does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// By whom: `staff:<id>`, or all of a kind, `staff`.
    pub actor: Option<Word>,
    /// On what kind of thing: `rates.seasons`, or all of a part of the house, `rates`.
    pub thing: Option<Word>,
    /// On which of them.
    pub key: Option<Word>,
    /// From when on.
    pub from: Option<DateTime<Utc>>,
    /// Until before when.
    pub until: Option<DateTime<Utc>>,
    /// In which request.
    pub request: Option<Uuid>,
}

/// A name as entries have them: of somebody who acts, of a kind of thing, of one of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word(String);

/// No entry has such a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must have 1 to {} visible characters", LONGEST)]
pub struct InvalidFilter;

impl Word {
    /// The name itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Matches those that begin with it and go on behind a mark.
    pub(crate) fn and_behind(&self, mark: char) -> String {
        let mut pattern = String::new();
        for letter in self.0.chars() {
            if matches!(letter, '%' | '_' | '\\') {
                pattern.push('\\');
            }
            pattern.push(letter);
        }
        format!("{pattern}{mark}%")
    }
}

impl FromStr for Word {
    type Err = InvalidFilter;

    fn from_str(text: &str) -> Result<Self, InvalidFilter> {
        let text = text.trim();
        let fits = (1..=LONGEST).contains(&text.chars().count());
        if !fits || text.chars().any(char::is_control) {
            return Err(InvalidFilter);
        }
        Ok(Self(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_no_entry_can_have_is_refused() {
        for odd in ["", "  ", "a\0b", &"x".repeat(301)] {
            assert_eq!(odd.parse::<Word>(), Err(InvalidFilter), "{odd}");
        }
        let word: Word = " tenancy.api_keys ".parse().unwrap();
        assert_eq!(word.as_str(), "tenancy.api_keys");
    }

    #[test]
    fn nobody_looks_for_patterns() {
        let word: Word = "api_key%".parse().unwrap();
        assert_eq!(word.and_behind(':'), r"api\_key\%:%");
    }
}
