//! A message cut into words, numbers and marks.
//!
//! Number words are read here ("twenty-seventh", "two hundred"), so no later module has to know
//! whether the guest typed `27th` or said it.

use std::ops::Range;

use super::numbers;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters, with inner apostrophes.
    Word,
    /// Digits or a number word.
    Number {
        value: u32,
        ordinal: bool,
        spelled: bool,
    },
    /// Anything else that is not a blank.
    Mark(char),
}

/// One token with its place in the original text (byte offsets).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) text: String,
    pub(super) kind: Kind,
    pub(super) span: Range<usize>,
}

/// The tokens of a message, with lookups that never go out of bounds.
#[derive(Debug, Clone)]
pub(super) struct Tokens(Vec<Token>);

impl Tokens {
    /// Cuts `text`; upper case and typographic apostrophes are folded.
    pub(super) fn of(text: &str) -> Self {
        Self(numbers::merge(cut(text)))
    }

    /// The same tokens with those inside `spans` turned into blanks no rule matches.
    pub(super) fn without(&self, spans: &[Range<usize>]) -> Self {
        let hidden = |token: &Token| {
            spans
                .iter()
                .any(|span| span.start < token.span.end && token.span.start < span.end)
        };
        let keep = |token: &Token| match hidden(token) {
            false => token.clone(),
            true => Token {
                text: "\u{0}".to_owned(),
                kind: Kind::Mark('\u{0}'),
                span: token.span.clone(),
            },
        };
        Self(self.0.iter().map(keep).collect())
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn get(&self, index: usize) -> Option<&Token> {
        self.0.get(index)
    }

    #[cfg(test)]
    pub(super) fn iter(&self) -> impl Iterator<Item = &Token> {
        self.0.iter()
    }

    /// The text at `index`; empty beyond either end.
    pub(super) fn word(&self, index: usize) -> &str {
        self.0.get(index).map_or("", |token| token.text.as_str())
    }

    /// The word `back` places before `index`; empty at the start.
    pub(super) fn before(&self, index: usize, back: usize) -> &str {
        index.checked_sub(back).map_or("", |at| self.word(at))
    }

    pub(super) fn is(&self, index: usize, any: &[&str]) -> bool {
        any.contains(&self.word(index))
    }

    /// Whether the words of `phrase` (blank separated) stand at `index`; returns the index after.
    pub(super) fn phrase(&self, index: usize, phrase: &str) -> Option<usize> {
        let mut at = index;
        for part in phrase.split(' ') {
            if self.word(at) != part {
                return None;
            }
            at += 1;
        }
        Some(at)
    }

    /// Whether one of `phrases` occurs anywhere.
    pub(super) fn has(&self, phrases: &[&str]) -> bool {
        (0..self.len()).any(|at| phrases.iter().any(|p| self.phrase(at, p).is_some()))
    }

    /// The number at `index`: value and whether it is an ordinal.
    pub(super) fn number(&self, index: usize) -> Option<(u32, bool)> {
        match self.get(index)?.kind {
            Kind::Number { value, ordinal, .. } => Some((value, ordinal)),
            _ => None,
        }
    }

    /// A number of things: digits, a number word, or "a"/"an".
    pub(super) fn count(&self, index: usize) -> Option<u32> {
        match self.number(index) {
            Some((value, false)) => Some(value),
            Some((_, true)) => None,
            None => self.is(index, &["a", "an"]).then_some(1),
        }
    }

    /// Whether the token was blanked by [`Tokens::without`].
    pub(super) fn is_hidden(&self, index: usize) -> bool {
        matches!(
            self.get(index).map(|token| token.kind),
            Some(Kind::Mark('\u{0}'))
        )
    }

    pub(super) fn is_spelled(&self, index: usize) -> bool {
        matches!(
            self.get(index).map(|token| token.kind),
            Some(Kind::Number { spelled: true, .. })
        )
    }

    /// Whether tokens `index` and `index + 1` touch in the text.
    pub(super) fn joined(&self, index: usize) -> bool {
        match (self.get(index), self.get(index.saturating_add(1))) {
            (Some(left), Some(right)) => left.span.end == right.span.start,
            _ => false,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Digit,
    Blank,
    Mark,
}

fn class(c: char) -> Class {
    match c {
        c if c.is_ascii_digit() => Class::Digit,
        c if c.is_alphanumeric() => Class::Letter,
        c if is_combining(c) => Class::Letter,
        c if c.is_whitespace() || c.is_control() => Class::Blank,
        _ => Class::Mark,
    }
}

/// Combining accents belong to the letter before them ("José" typed in decomposed form).
fn is_combining(c: char) -> bool {
    ('\u{0300}'..='\u{036f}').contains(&c)
}

fn fold(c: char) -> char {
    match c {
        '\u{2019}' | '\u{2018}' | '\u{02bc}' | '`' => '\'',
        '\u{2013}' | '\u{2014}' | '\u{2010}' | '\u{2011}' | '\u{2212}' => '-',
        c => c,
    }
}

fn cut(text: &str) -> Vec<Token> {
    let chars: Vec<(usize, char)> = text.char_indices().map(|(at, c)| (at, fold(c))).collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(&(start, first)) = chars.get(at) {
        let length = match class(first) {
            Class::Blank => {
                at += 1;
                continue;
            }
            Class::Digit => digits(&chars, at),
            Class::Letter => letters(&chars, at),
            Class::Mark => 1,
        };
        let piece = chars.get(at..at + length).unwrap_or_default();
        let last = piece.last().map_or(start, |(place, _)| *place);
        let end = last
            + text
                .get(last..)
                .and_then(|rest| rest.chars().next())
                .map_or(0, char::len_utf8);
        tokens.push(token(piece, start..end));
        at += length;
    }
    tokens
}

/// Digits, with commas that separate thousands.
fn digits(chars: &[(usize, char)], from: usize) -> usize {
    let digit = |at: usize| chars.get(at).is_some_and(|(_, c)| c.is_ascii_digit());
    let mut at = from;
    while digit(at) {
        at += 1;
    }
    let comma = |at: usize| chars.get(at).is_some_and(|(_, c)| *c == ',');
    while at - from <= 9
        && comma(at)
        && digit(at + 1)
        && digit(at + 2)
        && digit(at + 3)
        && !digit(at + 4)
    {
        at += 4;
    }
    at - from
}

/// Letters, with single apostrophes between letters.
fn letters(chars: &[(usize, char)], from: usize) -> usize {
    let letter = |at: usize| {
        chars
            .get(at)
            .is_some_and(|(_, c)| class(*c) == Class::Letter)
    };
    let apostrophe = |at: usize| chars.get(at).is_some_and(|(_, c)| *c == '\'');
    let mut at = from;
    while letter(at) || (apostrophe(at) && at > from && letter(at + 1)) {
        at += 1;
    }
    at - from
}

fn token(piece: &[(usize, char)], span: Range<usize>) -> Token {
    let text: String = piece.iter().flat_map(|(_, c)| c.to_lowercase()).collect();
    let first = text.chars().next().unwrap_or(' ');
    let kind = match class(first) {
        Class::Digit => Kind::Number {
            value: text.replace(',', "").parse().unwrap_or(u32::MAX),
            ordinal: false,
            spelled: false,
        },
        Class::Letter => Kind::Word,
        Class::Blank | Class::Mark => Kind::Mark(first),
    };
    Token { text, kind, span }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    fn words(text: &str) -> Vec<String> {
        Tokens::of(text).iter().map(|t| t.text.clone()).collect()
    }

    #[test]
    fn words_numbers_and_marks_are_separate() {
        assert_eq!(
            words("I’d like 2 rooms, 3/12–3/15!"),
            [
                "i'd", "like", "2", "rooms", ",", "3", "/", "12", "-", "3", "/", "15", "!"
            ]
        );
    }

    #[test]
    fn spans_point_into_the_original() {
        let text = "Señor O’Brien — 12th";
        for token in Tokens::of(text).iter() {
            assert!(text.get(token.span.clone()).is_some(), "{token:?}");
        }
    }

    #[test]
    fn ordinals_and_thousands() {
        let tokens = Tokens::of("12th of may, 10,000 nights, 14april");
        assert_eq!(tokens.number(0), Some((12, true)));
        assert!(tokens.iter().any(|t| t.text == "10,000"
            && t.kind
                == Kind::Number {
                    value: 10_000,
                    ordinal: false,
                    spelled: false
                }));
        assert!(tokens.iter().any(|t| t.text == "april"));
    }
}
