//! A message as small words between single blanks, in which whole phrases are looked for.

/// The words, each with a blank on either side.
pub(super) struct Padded(String);

impl Padded {
    pub(super) fn of(text: &str) -> Self {
        let plain: String = text
            .to_lowercase()
            .chars()
            .map(|c| match c {
                '\u{2019}' => '\'',
                c if c.is_alphanumeric() || c == '\'' => c,
                _ => ' ',
            })
            .collect();
        let words: Vec<&str> = plain.split_whitespace().collect();
        Self(format!(" {} ", words.join(" ")))
    }

    /// How many of these phrases occur.
    pub(super) fn count(&self, phrases: &[&str]) -> usize {
        phrases.iter().filter(|phrase| self.says(phrase)).count()
    }

    pub(super) fn has(&self, phrases: &[&str]) -> bool {
        phrases.iter().any(|phrase| self.says(phrase))
    }

    fn says(&self, phrase: &str) -> bool {
        self.0.contains(&format!(" {phrase} "))
    }

    /// The same without these phrases, so that nothing in them is heard.
    pub(super) fn without(&self, phrases: &[&str]) -> Self {
        let kept = phrases.iter().fold(self.0.clone(), |text, phrase| {
            text.replace(&format!(" {phrase} "), "  ")
        });
        Self(kept)
    }
}
