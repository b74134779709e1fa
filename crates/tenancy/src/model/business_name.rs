use std::fmt;

/// What a business calls itself: 2 to 80 characters without line breaks, with a letter or a digit among them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BusinessName(String);

/// The text does not name a business.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("please give the name of your business, 2 to 80 characters")]
pub struct InvalidBusinessName;

impl BusinessName {
    const LONGEST: usize = 80;

    /// Reads a name; spaces are made single ones, and what nobody can see is left out.
    ///
    /// # Errors
    /// It is too short or too long, or says nothing.
    pub fn parse(text: &str) -> Result<Self, InvalidBusinessName> {
        let seen: String = text.chars().filter(|letter| !is_unseen(*letter)).collect();
        let words: Vec<&str> = seen
            .split(|letter: char| letter.is_whitespace() || letter.is_control())
            .filter(|word| !word.is_empty())
            .collect();
        let name = words.join(" ");
        let fits = (2..=Self::LONGEST).contains(&name.chars().count());
        let says = name.chars().any(char::is_alphanumeric);
        (fits && says)
            .then_some(Self(name))
            .ok_or(InvalidBusinessName)
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What has no width, or turns the direction in which what follows is read: two names could look alike by it.
pub(crate) fn is_unseen(letter: char) -> bool {
    matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}')
}

impl fmt::Display for BusinessName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_line_that_says_something() {
        let read = |text: &str| BusinessName::parse(text).map(|name| name.to_string());
        assert_eq!(read("  Sunrise \n Motel\t"), Ok("Sunrise Motel".to_owned()));
        assert_eq!(read("Sun\u{202e}rise\u{200b}"), Ok("Sunrise".to_owned()));
        assert_eq!(read("日の出"), Ok("日の出".to_owned()));
        assert!(read(&"a".repeat(80)).is_ok());
        for text in ["", "a", "?!", "\u{200b}\u{200b}", &"a".repeat(81)] {
            assert_eq!(read(text), Err(InvalidBusinessName), "{text}");
        }
    }
}
