//! What the guest is called.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use motel_kernel::PersonName;

use super::tokens::{Kind, Tokens};

/// Phrases that announce a name; everything after the last of them is looked at.
const STRONG: &[&str] = &[
    "my name is",
    "my full name is",
    "my name's",
    "name is",
    "name's",
    "the name is",
    "full name is",
    "under the name of",
    "under the name",
    "in the name of",
    "name :",
    "call me",
    "name will be",
    "name should be",
    "spelled",
    "this is for",
    "booked under",
    "booking under",
    "reservation under",
    "listed under",
    "reserved under",
    "it under",
    "its under",
    "it's under",
    "is under",
    "made under",
    "people call me",
    "friends call me",
    "named me",
    "on name",
    "on the name",
    "under my name",
    "for the name",
    "my names",
    "under",
    "i go by",
    "the names",
];
/// Phrases that announce a name only when it looks like one.
const WEAK: &[&str] = &[
    "this is", "i am", "i'm", "im", "it's", "it is", "its", "that's", "for", "actually",
];

const LONGEST: usize = 6;

/// A name and where it stands in the message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The name, with capitals where the guest wrote none.
    pub name: PersonName,
    /// Its bytes.
    pub span: Range<usize>,
}

/// The guest's name in `text` with its place; `asked` means that it was just asked for.
pub fn named(text: &str, asked: bool) -> Option<Named> {
    find(text, &Tokens::of(text), asked)
}

/// The name in the message. `asked` means it was just asked for: a bare answer is then a name. In `tokens` an
/// e-mail address or telephone number is a hidden mark: a name often stands right before it.
pub(super) fn find(text: &str, tokens: &Tokens, asked: bool) -> Option<Named> {
    announced(text, tokens, STRONG, true)
        .or_else(|| before_contact(text, tokens))
        .or_else(|| introduced(text, tokens))
        .or_else(|| announced(text, tokens, WEAK, asked))
        .or_else(|| asked.then(|| bare(text, tokens)).flatten())
}

/// "Ana Souza here", "hi, Ana speaking", "Ana Souza is the name".
fn introduced(text: &str, tokens: &Tokens) -> Option<Named> {
    let end = (1..tokens.len()).find(|at| {
        let words = ["here", "speaking", "is the name", "is my name"];
        words
            .iter()
            .any(|phrase| tokens.phrase(*at, phrase).is_some())
    })?;
    let mut start = end;
    while start > 0 && end - start < 3 && belongs(tokens, start - 1, false) {
        start -= 1;
    }
    let first = text.get(tokens.get(start)?.span.clone())?;
    let capital = first.chars().next().is_some_and(char::is_uppercase);
    let opening = start == 0 || tokens.is(start - 1, &["hi", "hello", "hey", ",", ".", "!"]);
    let convincing = start < end && opening && capital;
    let found = convincing.then(|| name_from(text, tokens, start, true))??;
    (found.span.end <= tokens.get(end)?.span.start).then_some(found)
}

/// "Ana Souza, ana@example.com": two or more words of a name, then the address.
fn before_contact(text: &str, tokens: &Tokens) -> Option<Named> {
    const BETWEEN: &[&str] = &[
        ",", ":", "-", "(", "<", "and", "email", "e", "mail", "my", "is", "phone", "number", "at",
        "tel", ".", ";",
    ];
    let contact = (0..tokens.len()).find(|at| tokens.is_hidden(*at))?;
    let mut end = contact;
    while end > 0 && BETWEEN.contains(&tokens.word(end - 1)) {
        end -= 1;
    }
    let mut start = end;
    while start > 0 && end - start < LONGEST && belongs(tokens, start - 1, start - 1 > 0) {
        start -= 1;
    }
    while start < end && matches!(tokens.get(start).map(|t| t.kind), Some(Kind::Mark(_))) {
        start += 1;
    }
    let bounded = start == 0 || tokens.is(start - 1, &[",", ".", "!", "?", ":", ";", "-"]);
    let first = text.get(tokens.get(start)?.span.clone())?;
    let capital = first.chars().next().is_some_and(char::is_uppercase);
    (end >= start + 2 && (bounded || capital)).then(|| name_from(text, tokens, start, true))?
}

fn announced(text: &str, tokens: &Tokens, leads: &[&str], lenient: bool) -> Option<Named> {
    (0..tokens.len()).rev().find_map(|at| {
        leads.iter().find_map(|lead| {
            let start = tokens.phrase(at, lead)?;
            let start = start + usize::from(tokens.is(start, &[":", "-", "is"]));
            name_from(text, tokens, start, lenient)
        })
    })
}

/// The whole answer, polite words and earlier sentences left out.
fn bare(text: &str, tokens: &Tokens) -> Option<Named> {
    const POLITE: &[&str] = &[
        "sure", "ok", "okay", "yes", "yeah", "sorry", "of", "course", "hi", "hello", "no", "well",
        "it", "the", "haha", "great",
    ];
    let starts = (0..tokens.len()).filter(|at| {
        *at == 0
            || matches!(tokens.before(*at, 1), "." | "," | "!" | "?" | ":")
            || POLITE.contains(&tokens.before(*at, 1))
    });
    let mut readable = starts.filter(|at| !POLITE.contains(&tokens.word(*at)));
    readable.find_map(|at| name_from(text, tokens, at, true))
}

/// Words from `start` as far as they can belong to a name.
fn name_from(text: &str, tokens: &Tokens, start: usize, lenient: bool) -> Option<Named> {
    let mut end = start;
    while end < start + LONGEST
        && (belongs(tokens, end, end > start) || is_capital_too(text, tokens, start, end))
    {
        end += 1;
    }
    while end > start + 1
        && (is_particle(tokens.word(end - 1)) || tokens.is(end - 1, &["-", ".", "and"]))
    {
        end -= 1;
    }
    let (first, last) = (tokens.get(start)?, tokens.get(end.checked_sub(1)?)?);
    let raw = text.get(first.span.start..last.span.end)?;
    let words = raw.split_whitespace().count();
    let capital = raw.chars().next().is_some_and(char::is_uppercase);
    let caseless = raw
        .chars()
        .next()
        .is_some_and(|c| c.is_alphabetic() && !c.is_uppercase() && !c.is_lowercase());
    let convincing = lenient || capital && (words >= 2 || ends_sentence(tokens, end)) || caseless;
    let fits = end > start && convincing && !tokens.is(end, &["'"]);
    let name = fits.then(|| PersonName::parse(&title_case(raw)).ok())??;
    let span = first.span.start..last.span.end;
    Some(Named { name, span })
}

/// "Test Guest", "Will Smith": an everyday word written as a name beside another one is a name.
fn is_capital_too(text: &str, tokens: &Tokens, start: usize, at: usize) -> bool {
    const ALSO_NAMES: &[&str] = &["will", "april", "june", "july", "august", "king", "friday"];
    let capital = |index: usize| {
        let raw = tokens
            .get(index)
            .and_then(|token| text.get(token.span.clone()));
        raw.is_some_and(|raw| {
            let mut chars = raw.chars();
            chars.next().is_some_and(char::is_uppercase)
                && chars.next().is_some_and(char::is_lowercase)
        })
    };
    match at > start {
        true => capital(start) && capital(at),
        false => ALSO_NAMES.contains(&tokens.word(at)) && capital(at) && capital(at + 1),
    }
}

fn ends_sentence(tokens: &Tokens, at: usize) -> bool {
    tokens.get(at).is_none() || tokens.is(at, &[".", ",", "!", "and"])
}

fn belongs(tokens: &Tokens, at: usize, inside: bool) -> bool {
    let Some(token) = tokens.get(at) else {
        return false;
    };
    match token.kind {
        Kind::Word => !is_everyday(&token.text),
        Kind::Mark('-') => inside && tokens.joined(at - 1) && tokens.joined(at),
        Kind::Mark('.') => {
            inside && tokens.joined(at - 1) && tokens.word(at - 1).chars().count() <= 2
        }
        Kind::Mark('\'') => inside && tokens.joined(at - 1) && tokens.joined(at),
        Kind::Mark(_) | Kind::Number { .. } => false,
    }
}

fn is_particle(word: &str) -> bool {
    matches!(
        word,
        "de" | "da"
            | "do"
            | "dos"
            | "van"
            | "von"
            | "der"
            | "den"
            | "la"
            | "le"
            | "del"
            | "di"
            | "al"
            | "bin"
            | "e"
            | "y"
    )
}

/// Words that end a name or show that there is none.
static EVERYDAY: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let lines = include_str!("everyday_words.txt").lines();
    lines
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_whitespace)
        .collect()
});

/// How many words are no everyday words of a front desk.
pub(super) fn unknown_words(tokens: &Tokens) -> usize {
    let unknown = |at: &usize| {
        let word = tokens.get(*at).filter(|token| token.kind == Kind::Word);
        word.is_some_and(|token| !is_everyday(&token.text))
    };
    (0..tokens.len()).filter(unknown).count()
}

pub(super) fn is_everyday(word: &str) -> bool {
    EVERYDAY.contains(word)
}

/// "ana souza" becomes "Ana Souza"; a name with any capital is left as its owner wrote it.
fn title_case(raw: &str) -> String {
    if raw.chars().any(char::is_uppercase) {
        return raw.to_owned();
    }
    let mut fresh = true;
    let mut word = String::new();
    let mut cased = String::new();
    for c in raw.chars().chain([' ']) {
        if c.is_alphabetic() {
            word.push(c);
            continue;
        }
        match fresh && !is_particle(&word) || cased.is_empty() {
            true => cased.push_str(&capitalised(&word)),
            false => cased.push_str(&word),
        }
        word.clear();
        fresh = c.is_whitespace() || c == '-' || c == '\'';
        cased.push(c);
    }
    cased.trim_end().to_owned()
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    fn read(text: &str, asked: bool) -> Option<String> {
        find(text, &Tokens::of(text), asked).map(|found| found.name.as_str().to_owned())
    }

    #[test]
    fn names() {
        for (text, asked, expected) in [
            ("my name is Ana Souza", false, Some("Ana Souza")),
            (
                "It's Ana Souza and my email is ana@example.com",
                false,
                Some("Ana Souza"),
            ),
            ("name's ana souza", false, Some("Ana Souza")),
            ("I'm Sean O’Brien", false, Some("Sean O’Brien")),
            ("jean-luc de la tour", true, Some("Jean-Luc de la Tour")),
            ("Müller", true, Some("Müller")),
            ("sure, it's josé álvarez", true, Some("José Álvarez")),
            ("李小龍", true, Some("李小龍")),
            ("my name is 李小龍", false, Some("李小龍")),
            ("I'm looking for a room", false, None),
            ("I'm vegan", false, None),
            ("it's for two nights", false, None),
            ("this is great", false, None),
            (
                "book it under Maria Lopez please",
                false,
                Some("Maria Lopez"),
            ),
            ("2", true, None),
            ("no", true, None),
            ("what do you need it for?", true, None),
            ("John Smith, john@example.com", true, Some("John Smith")),
            ("this is Dr. Watson", false, Some("Dr. Watson")),
            ("My name is Test Guest, email", false, Some("Test Guest")),
            ("Will Smith", true, Some("Will Smith")),
            ("Al", true, Some("Al")),
            ("will do", true, None),
            ("Great! Miriam Adler", true, Some("Miriam Adler")),
            ("haha ok. Im Leo Hart", true, Some("Leo Hart")),
            ("Ada Quist here, is a room free?", false, Some("Ada Quist")),
            ("hi, Ada speaking", false, Some("Ada")),
            ("is anybody here", false, None),
            ("a table under ada quist", false, Some("Ada Quist")),
            ("anything under 90 dollars", false, None),
            ("booked for Sat, Aug 8", false, None),
            ("", true, None),
        ] {
            assert_eq!(read(text, asked).as_deref(), expected, "{text}");
        }
    }
}
