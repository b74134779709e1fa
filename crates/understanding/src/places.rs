//! Towns and houses by their names, known to nobody before: written with capitals, and led up to by "in" or "at".

use std::ops::Range;

use super::names;
use super::tokens::{Kind, Tokens};

/// A place named in a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Its bytes.
    pub span: Range<usize>,
    /// Whether it is a house to stay in, and no town.
    pub is_house: bool,
}

const IN: &[&str] = &[
    "in", "to", "near", "around", "visit", "visiting", "for", "try", "of", "is", "from", "like",
];
const AT: &[&str] = &["at", "called", "named"];
/// Words of which one makes a name that of a house.
const HOUSE: &[&str] = &[
    "hotel", "hotels", "inn", "suites", "suite", "resort", "hostel", "motel", "lodge", "marriott",
    "hilton", "sheraton", "house", "plaza", "palace", "spa", "hyatt", "westin", "radisson",
    "novotel", "ibis", "aloft",
];
/// Small words inside a name: "Rio de Janeiro", "Inn at the Bay".
const INSIDE: &[&str] = &[
    "de", "of", "at", "the", "by", "la", "le", "del", "&", "-", "'", "and",
];
/// Words with a capital that name no place.
const NOT: &[&str] = &[
    "i",
    "yes",
    "no",
    "ok",
    "okay",
    "great",
    "thanks",
    "good",
    "cool",
    "nice",
    "perfect",
    "alright",
    "well",
    "fine",
    "sounds",
    "that",
    "the",
    "find",
    "could",
    "hey",
    "search",
    "wonderful",
    "awesome",
    "show",
    "let",
    "wifi",
    "wi",
    "english",
    "also",
    "excellent",
    "sorry",
    "actually",
    "nope",
    "am",
    "pm",
];

/// The places in `text`; `asked` means a town was just asked for, so that a bare "Lisbon" is one.
pub fn places(text: &str, asked: bool) -> Vec<Place> {
    let tokens = Tokens::of(text);
    let mut found = Vec::new();
    let mut at = 0;
    if asked && !tokens_have_name(text, &tokens) {
        return in_small_letters(&tokens).into_iter().collect();
    }
    while at < tokens.len() {
        let end = if starts(text, &tokens, at) {
            name_end(text, &tokens, at)
        } else {
            at
        };
        if let Some(place) = place(&tokens, at..end, asked) {
            found.push(place);
        }
        at = end.max(at + 1);
    }
    found
}

fn tokens_have_name(text: &str, tokens: &Tokens) -> bool {
    (0..tokens.len()).any(|at| starts(text, tokens, at))
}

/// "in las vegas please", where a town was asked for and nothing has a capital.
fn in_small_letters(tokens: &Tokens) -> Option<Place> {
    let is_name = |at: usize| {
        let word = tokens.get(at).filter(|token| token.kind == Kind::Word);
        word.is_some_and(|token| {
            !names::is_everyday(&token.text) && !NOT.contains(&token.text.as_str())
        })
    };
    let led = |at: &usize| {
        *at == 0 || IN.contains(&tokens.before(*at, 1)) || tokens.is(at - 1, &[",", "."])
    };
    let start = (0..tokens.len()).find(|at| led(at) && is_name(*at))?;
    let mut end = start + 1;
    while is_name(end) || tokens.is(end, &[",", "new"]) && is_name(end + 1) {
        end += 1;
    }
    let span = tokens.get(start)?.span.start..tokens.get(end - 1)?.span.end;
    Some(Place {
        span,
        is_house: false,
    })
}

fn place(tokens: &Tokens, name: Range<usize>, asked: bool) -> Option<Place> {
    let (first, last) = (
        tokens.get(name.start)?,
        tokens.get(name.end.checked_sub(1)?)?,
    );
    if name.is_empty() {
        return None;
    }
    let article = usize::from(tokens.before(name.start, 1) == "the");
    let before = tokens.before(name.start, 1 + article);
    let house_word = name.clone().any(|at| tokens.is(at, HOUSE));
    let is_house = house_word || AT.contains(&before) && !asked;
    let opening = name.start == 0
        || matches!(
            before,
            "." | "," | "!" | "?" | "yes" | "please" | "maybe" | "about"
        );
    let led = IN.contains(&before) || AT.contains(&before);
    let convincing = led || asked && opening || house_word && name.len() > 1;
    convincing.then_some(Place {
        span: first.span.start..last.span.end,
        is_house,
    })
}

fn is_capital(text: &str, tokens: &Tokens, at: usize) -> bool {
    let raw = tokens
        .get(at)
        .and_then(|token| text.get(token.span.clone()));
    raw.and_then(|raw| raw.chars().next())
        .is_some_and(char::is_uppercase)
}

/// A capital that is not only that of a sentence, of a month or of an everyday word.
fn starts(text: &str, tokens: &Tokens, at: usize) -> bool {
    let word = tokens.word(at);
    let everyday =
        names::is_everyday(word) && !HOUSE.contains(&word) && !is_capital(text, tokens, at + 1);
    is_capital(text, tokens, at)
        && !NOT.contains(&word)
        && !everyday
        && !is_time(word)
        && tokens.get(at).is_some_and(|token| token.kind == Kind::Word)
}

fn is_time(word: &str) -> bool {
    const TIMES: &[&str] = &[
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "today",
        "tomorrow",
        "next",
    ];
    TIMES.contains(&word)
}

/// As far as the name goes: capitals, small words between them, and a comma before one more ("Paris, France").
fn name_end(text: &str, tokens: &Tokens, start: usize) -> usize {
    const LONGEST: usize = 9;
    let goes_on = |at: usize| {
        is_capital(text, tokens, at) && !is_time(tokens.word(at)) && tokens.word(at) != "i"
    };
    let mut end = start + 1;
    while end < start + LONGEST {
        let small = (1..=2)
            .find(|gap| (0..*gap).all(|step| tokens.is(end + step, INSIDE)) && goes_on(end + gap));
        let comma = tokens.is(end, &[","]) && goes_on(end + 1) && tokens.before(end, 1).len() > 2;
        let initial = tokens.is(end, &["."])
            && tokens.joined(end - 1)
            && tokens.word(end - 1).chars().count() == 1;
        end = match () {
            () if goes_on(end) => end + 1,
            () if initial => end + 1,
            () if comma => end + 2,
            () => match small {
                Some(gap) => end + gap + 1,
                None => break,
            },
        };
    }
    end
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    fn read(text: &str, asked: bool) -> Vec<(&str, bool)> {
        let found = places(text, asked);
        found
            .into_iter()
            .map(|place| (&text[place.span], place.is_house))
            .collect()
    }

    #[test]
    fn towns_and_houses() {
        for (text, asked, expected) in [
            ("a room in Lisbon please", false, vec![("Lisbon", false)]),
            (
                "we go to Porto, Portugal in May",
                false,
                vec![("Porto, Portugal", false)],
            ),
            (
                "I'd like to stay at the Sailor Inn in Faro",
                false,
                vec![("Sailor Inn", true), ("Faro", false)],
            ),
            ("Rio de Janeiro", true, vec![("Rio de Janeiro", false)]),
            ("Yes please. New Haven", true, vec![("New Haven", false)]),
            ("Yes", true, vec![]),
            ("I arrive on Monday", false, vec![]),
            ("no capitals in lisbon", false, vec![]),
            ("in lisbon please", true, vec![("lisbon", false)]),
        ] {
            assert_eq!(read(text, asked), expected, "{text}");
        }
    }
}
