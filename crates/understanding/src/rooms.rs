//! Which room the guest means, matched against the property's own names.

use serde::{Deserialize, Serialize};

use super::spelling;
use super::tokens::Tokens;

/// How the property calls one of its unit groups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupName {
    /// Its code, such as `king_suite`.
    pub code: String,
    /// Its name, such as "King Suite".
    pub name: String,
    /// Further words that mean it: bed types, nicknames.
    pub synonyms: Vec<String>,
}

/// The guest's choice among the rooms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoomChoice {
    /// The group with this code.
    Group(String),
    /// "the second one", counted from 1.
    Nth(u32),
    /// "the last one".
    Last,
    /// "the cheapest".
    Cheapest,
    /// "your best room".
    Dearest,
    /// "any room", "you choose".
    Any,
}

/// The choice in the message. `asked` means rooms were just offered: a bare number picks from the list.
pub(super) fn find(tokens: &Tokens, groups: &[GroupName], asked: bool) -> Option<RoomChoice> {
    by_name(tokens, groups)
        .map(RoomChoice::Group)
        .or_else(|| by_price(tokens))
        .or_else(|| by_place(tokens, asked))
        .or_else(|| (asked && is_any(tokens)).then_some(RoomChoice::Any))
}

/// "8 rooms", "two suites": how many, when more than one.
pub(super) fn several(tokens: &Tokens) -> Option<u32> {
    (0..tokens.len()).find_map(|at| {
        let (count, ordinal) = tokens.number(at)?;
        let noun_at = (at + 1..=at + 3).find(|i| tokens.is(*i, &["rooms", "suites"]))?;
        let between = (at + 1..noun_at)
            .all(|i| !tokens.is(i, &[",", ".", "night", "nights", "adults", "people"]));
        (!ordinal && count >= 2 && between).then_some(count)
    })
}

fn by_price(tokens: &Tokens) -> Option<RoomChoice> {
    const CHEAPEST: &[&str] = &[
        "cheapest",
        "cheaper one",
        "the cheaper",
        "least expensive",
        "lowest price",
        "lowest rate",
        "most affordable",
        "the cheap one",
        "less expensive one",
        "budget room",
    ];
    const DEAREST: &[&str] = &[
        "most expensive",
        "best room",
        "nicest room",
        "biggest room",
        "largest room",
        "priciest",
        "the bigger one",
        "the better one",
        "the nicer one",
        "the nicest",
        "the biggest",
    ];
    match () {
        () if tokens.has(CHEAPEST) => Some(RoomChoice::Cheapest),
        () if tokens.has(DEAREST) => Some(RoomChoice::Dearest),
        () => None,
    }
}

fn by_place(tokens: &Tokens, asked: bool) -> Option<RoomChoice> {
    if tokens.has(&["the last one", "last option", "the last"]) && asked {
        return Some(RoomChoice::Last);
    }
    (0..tokens.len()).find_map(|at| {
        let (number, ordinal) = tokens.number(at)?;
        let noun = tokens.is(at + 1, &["one", "option", "room", "offer", "choice"]);
        let numbered = tokens.is(at.wrapping_sub(1), &["number", "option", "#", "no"]);
        let the = tokens.before(at, 1) == "the" && tokens.len() <= at + 2;
        let alone = tokens.len() <= 2 && !tokens.is(at + 1, &["night", "nights"]);
        let picks = ordinal && (noun || asked && (the || alone)) || asked && (numbered || alone);
        ((1..=9).contains(&number) && picks).then_some(RoomChoice::Nth(number))
    })
}

fn is_any(tokens: &Tokens) -> bool {
    let alone = tokens.len() <= 2 && tokens.is(0, &["any"]);
    alone
        || tokens.has(&[
            "any room",
            "any one",
            "any of",
            "any is",
            "anything",
            "any will",
            "any works",
            "either",
            "whatever",
            "whichever",
            "you choose",
            "you pick",
            "you decide",
            "don't care",
            "doesn't matter",
            "does not matter",
            "no preference",
            "don't mind",
            "surprise me",
        ])
}

/// The group whose words are said most; a word of its name counts twice a synonym, a tie tells nothing.
fn by_name(tokens: &Tokens, groups: &[GroupName]) -> Option<String> {
    let mut best: Option<(usize, &GroupName)> = None;
    let mut tie = false;
    for group in groups {
        let score = score(tokens, group);
        match best {
            _ if score == 0 => {}
            Some((top, _)) if score == top => tie = true,
            Some((top, _)) if score < top => {}
            _ => {
                tie = false;
                best = Some((score, group));
            }
        }
    }
    best.filter(|_| !tie).map(|(_, group)| group.code.clone())
}

fn score(tokens: &Tokens, group: &GroupName) -> usize {
    let own = telling_words([group.code.as_str(), group.name.as_str()].into_iter());
    let synonyms = telling_words(group.synonyms.iter().map(String::as_str));
    let said = |word: &&String| says(tokens, word);
    let also = synonyms.iter().filter(|word| !own.contains(word));
    own.iter().filter(said).count() * 2 + also.filter(said).count()
}

fn telling_words<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut words: Vec<String> = texts
        .flat_map(|text| text.split(|c: char| !c.is_alphanumeric()))
        .map(str::to_lowercase)
        .filter(|word| word.chars().count() > 2 && !is_plain(word))
        .collect();
    words.sort_unstable();
    words.dedup();
    words
}

fn is_plain(word: &str) -> bool {
    matches!(
        word,
        "room"
            | "rooms"
            | "bed"
            | "beds"
            | "the"
            | "and"
            | "with"
            | "one"
            | "two"
            | "pet"
            | "for"
            | "pets"
            | "unit"
            | "dog"
            | "cat"
    )
}

/// The word itself, with one slip, or joined to "not": "not the king".
fn says(tokens: &Tokens, word: &str) -> bool {
    (0..tokens.len()).any(|at| {
        let said = tokens.word(at);
        let same = said == word
            || said.strip_suffix('s') == Some(word)
            || spelling::is_slip_of(said, word);
        let negated =
            (1..=3).any(|back| matches!(tokens.before(at, back), "not" | "than" | "instead"));
        same && !negated
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::RoomChoice::{Any, Cheapest, Dearest, Group, Last, Nth};
    use super::*;

    fn groups() -> Vec<GroupName> {
        [
            ("standard_queen", "Standard Queen", "queen bed double"),
            ("king_suite", "King Suite", "king bed"),
            ("pet_friendly", "Pet-Friendly Room", "king bed"),
        ]
        .map(|(code, name, synonym)| GroupName {
            code: code.into(),
            name: name.into(),
            synonyms: vec![synonym.into()],
        })
        .into()
    }

    fn group(code: &str) -> Option<RoomChoice> {
        Some(Group(code.into()))
    }

    #[test]
    fn choices() {
        for (text, expected) in [
            ("the queen please", group("standard_queen")),
            ("a standard room", group("standard_queen")),
            ("suite", group("king_suite")),
            ("king suite", group("king_suite")),
            ("a pet friendly room", group("pet_friendly")),
            (
                "change to the suite instead of the queen",
                group("king_suite"),
            ),
            ("the standart queen", group("standard_queen")),
            ("the cheapest", Some(Cheapest)),
            ("your best room", Some(Dearest)),
            ("the second one", Some(Nth(2))),
            ("2", Some(Nth(2))),
            ("option 3", Some(Nth(3))),
            ("the first", Some(Nth(1))),
            ("the last one", Some(Last)),
            ("whatever you have", Some(Any)),
            ("hello there", None),
        ] {
            assert_eq!(find(&Tokens::of(text), &groups(), true), expected, "{text}");
        }
        assert_eq!(find(&Tokens::of("2"), &groups(), false), None);
        assert_eq!(find(&Tokens::of("any"), &groups(), false), None);
    }
}
