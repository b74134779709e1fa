use diesel_derive_newtype::DieselNewType;

/// What somebody calls a passkey, to know it from their others: trimmed, single spaces, 1 to 60 characters.
#[derive(Debug, Clone, PartialEq, Eq, DieselNewType)]
pub struct PasskeyName(String);

/// The text is empty, or too long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a passkey's name has 1 to {} characters", PasskeyName::LONGEST)]
pub struct InvalidPasskeyName;

impl PasskeyName {
    /// In characters.
    const LONGEST: usize = 60;

    /// Reads a name.
    ///
    /// # Errors
    /// The text is empty, or too long.
    pub fn parse(text: &str) -> Result<Self, InvalidPasskeyName> {
        let words = text.split(|c: char| c.is_whitespace() || c.is_control());
        let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
        let name = words.join(" ");
        match name.chars().count() {
            1..=Self::LONGEST => Ok(Self(name)),
            _ => Err(InvalidPasskeyName),
        }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_line_and_short() {
        let read = |text: &str| PasskeyName::parse(text).map(|name| name.0);
        assert_eq!(read(" My\n\u{0} key "), Ok("My key".to_owned()));
        assert_eq!(read(&"é".repeat(60)), Ok("é".repeat(60)));
        for text in ["", " \t", &"é".repeat(61)] {
            assert_eq!(read(text), Err(InvalidPasskeyName), "{text}");
        }
    }
}
