use std::fmt::{self, Write};

/// Text as it may stand in an element or an attribute: the five special characters escaped, whatever XML 1.0 has no
/// place for replaced by a space.
pub(crate) struct Escaped<'a>(pub(crate) &'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&apos;")?,
                '\n' | ' ' => f.write_char(c)?,
                c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => f.write_char(' ')?,
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

/// The first `most` characters, cut at the end of a sentence or else of a word where there is one.
pub(crate) fn bounded(text: &str, most: usize) -> &str {
    let Some((end, _)) = text.char_indices().nth(most) else {
        return text;
    };
    let head = text.get(..end).unwrap_or_default();
    let cut = head
        .rfind(". ")
        .map(|at| at + 1)
        .or_else(|| head.rfind(' '))
        .unwrap_or(end);
    head.get(..cut).unwrap_or(head)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn long_speech_ends_with_a_sentence_or_a_word() {
        assert_eq!(bounded("One. Two three", 10), "One.");
        assert_eq!(bounded("One two three", 9), "One two");
        assert_eq!(bounded("Übermäßig", 4), "Über");
        assert_eq!(bounded("short", 5), "short");
    }

    proptest! {
        #[test]
        fn nothing_grows_beyond_its_bound(text in "\\PC{0,80}", most in 0_usize..60) {
            let cut = bounded(&text, most);
            prop_assert!(cut.chars().count() <= most);
            prop_assert!(text.starts_with(cut));
        }
    }
}
