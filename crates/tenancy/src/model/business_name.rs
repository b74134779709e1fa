use std::fmt;

/// What a business calls itself: 2 to 80 characters without line breaks, with a letter or a digit among them. It stands in mails to people
/// who have not asked for them, so it holds nothing that a mail program makes a link of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BusinessName(String);

/// The text does not name a business.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "please give the name of your business, 2 to 80 characters, without an address on the internet"
)]
pub struct InvalidBusinessName;

impl BusinessName {
    const LONGEST: usize = 80;

    /// Reads a name; spaces are made single ones, and what nobody can see is left out.
    ///
    /// # Errors
    /// It is too short or too long, says nothing, or leads somewhere.
    pub fn parse(text: &str) -> Result<Self, InvalidBusinessName> {
        let seen: String = text.chars().filter(|letter| !is_unseen(*letter)).collect();
        let words: Vec<&str> = seen
            .split(|letter: char| letter.is_whitespace() || letter.is_control())
            .filter(|word| !word.is_empty())
            .collect();
        let name = words.join(" ");
        let fits = (2..=Self::LONGEST).contains(&name.chars().count());
        let says = name.chars().any(char::is_alphanumeric);
        (fits && says && !leads_somewhere(&name))
            .then_some(Self(name))
            .ok_or(InvalidBusinessName)
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether there is something in it that could be followed: an address of a page or of a mailbox, or what looks like one.
fn leads_somewhere(name: &str) -> bool {
    // Wide letters and dots of other scripts are taken for the plain ones by whoever follows them.
    let plain = deunicode::deunicode(&name.replace(['。', '．', '｡'], ".")).to_lowercase();
    let letters: Vec<char> = plain.chars().collect();
    let dotted = letters.windows(3).any(|three| {
        matches!(three, [before, '.', after] if before.is_alphanumeric() && after.is_alphabetic())
    });
    dotted || plain.contains(['/', '@']) || plain.contains("www.")
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

    #[test]
    fn a_name_leads_nowhere() {
        for text in [
            "Win 1000 at https://evil.example/x",
            "evil.example",
            "EVIL.example now",
            "win1.example",
            "www. evil",
            "evil/x",
            "me@evil",
            "ｅｖｉｌ．ｅｘａｍｐｌｅ",
            "evil。example",
            "эвил.рф",
            "ev\u{200b}il.\u{200b}example",
            "evil\u{2024}example",
        ] {
            assert_eq!(
                BusinessName::parse(text),
                Err(InvalidBusinessName),
                "{text}"
            );
        }
        for text in [
            "St. Moritz Inn",
            "Dana's B&B",
            "Motel No.1",
            "Sunrise Co.",
            "R. & J. Motel",
            "日の出",
        ] {
            assert!(BusinessName::parse(text).is_ok(), "{text}");
        }
    }
}
