//! Who comes along: "2 adults and a toddler", "me and my wife", "a family of four with two kids".

use serde::{Deserialize, Serialize};

use super::tokens::Tokens;
use super::{children, companions, spelling};

/// The people mentioned. `people` is a total whose make-up was not said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PartyMention {
    /// Grown-ups.
    pub adults: Option<u32>,
    /// Children.
    pub children: Option<u32>,
    /// Everybody together.
    pub people: Option<u32>,
}

impl PartyMention {
    /// Nobody was mentioned.
    pub fn is_empty(self) -> bool {
        self == Self::default()
    }

    /// Grown-ups, worked out from the total where they were not named.
    pub fn grown_ups(self) -> Option<u32> {
        let rest = |people: u32| people.saturating_sub(self.children.unwrap_or(0));
        self.adults.or(self.people.map(rest))
    }
}

const ADULTS: &[&str] = &[
    "adult",
    "adults",
    "grown-ups",
    "grownups",
    "grown",
    "women",
    "men",
];

const PEOPLE: &[&str] = &[
    "people",
    "person",
    "persons",
    "guest",
    "guests",
    "pax",
    "travelers",
    "travellers",
    "ppl",
    "visitors",
    "folks",
    "sleepers",
    "occupants",
];

/// Everybody mentioned. `asked` means the party was just asked for: a bare number is then the adults.
pub(super) fn find(tokens: &Tokens, asked: bool) -> PartyMention {
    let mut found = PartyMention {
        adults: last(tokens, |at| counted(tokens, at, ADULTS)),
        children: children::count(tokens),
        people: last(tokens, |at| total(tokens, at)),
    };
    if found.adults.is_none() && found.people.is_none() {
        found.adults = companions::grown_ups(tokens);
    }
    if asked && found.adults.is_none() && found.people.is_none() {
        found.people = bare(tokens, found.children.is_some());
    }
    found
}

fn last(tokens: &Tokens, read: impl Fn(usize) -> Option<u32>) -> Option<u32> {
    (0..tokens.len()).rev().find_map(read)
}

/// A count, at most one adjective, and the noun: "2 adults", "one small child", "no kids".
pub(super) fn counted(tokens: &Tokens, at: usize, nouns: &[&str]) -> Option<u32> {
    const ADJECTIVES: &[&str] = &[
        "small",
        "young",
        "little",
        "older",
        "other",
        "more",
        "teenage",
        "adult",
        "additional",
        "extra",
        "year-old",
    ];
    let negative = is_negative(tokens, at);
    let count = match tokens.word(at) {
        "no" | "without" => 0,
        "couple" => 2,
        _ if negative => 0,
        _ => tokens.count(at)?,
    };
    let mut noun_at = at + 1 + usize::from(tokens.is(at + 1, &["of", "-"]));
    noun_at += usize::from(
        ADJECTIVES.contains(&tokens.word(noun_at)) && !nouns.contains(&tokens.word(noun_at)),
    );
    let noun = tokens.word(noun_at);
    let named = |known: &&str| noun == *known || spelling::is_slip_of(noun, known);
    nouns.iter().any(named).then_some(count)
}

/// "-1 adults"; not "a stay - 2 adults" or "3-2 people".
fn is_negative(tokens: &Tokens, at: usize) -> bool {
    at > 0
        && tokens.before(at, 1) == "-"
        && tokens.joined(at - 1)
        && !(at > 1 && tokens.joined(at - 2))
}

fn total(tokens: &Tokens, at: usize) -> Option<u32> {
    let group =
        tokens.is(at, &["family", "group", "party", "total"]) && tokens.word(at + 1) == "of";
    if group {
        return tokens.count(at + 2);
    }
    // "A person, please" asks for one, it does not bring one.
    let article = tokens.is(at, &["a", "an"]);
    if let Some(count) = counted(tokens, at, PEOPLE).filter(|_| !article) {
        return Some(count);
    }
    let (count, ordinal) = tokens.number(at)?;
    let of_us =
        tokens.phrase(at + 1, "of us").is_some() || tokens.phrase(at + 1, "in total").is_some();
    let we_are = tokens.is(at.wrapping_sub(1), &["are", "we're", "were"])
        && tokens.is(at.wrapping_sub(2), &["we", "there", "are", "just"])
        || tokens.is(at.wrapping_sub(1), &["we're"]);
    let room_for =
        tokens.before(at, 1) == "for" && (tokens.len() == at + 1 || ends_phrase(tokens, at + 1));
    (!ordinal && (of_us || (we_are || room_for) && !is_length(tokens, at))).then_some(count)
}

/// What may follow "a room for two".
fn ends_phrase(tokens: &Tokens, at: usize) -> bool {
    tokens.is(
        at,
        &[
            ",", ".", "!", "?", "please", "from", "on", "this", "next", "tomorrow", "tonight",
            "with", "and", "in", "for", "arriving", "starting", "checking", "pls", "plus",
        ],
    )
}

fn is_length(tokens: &Tokens, at: usize) -> bool {
    tokens.is(
        at + 1,
        &[
            "night", "nights", "day", "days", "week", "weeks", "month", "months", "hours", "-",
            "/", ":", "am", "pm", "rooms", "%",
        ],
    )
}

/// "2", "two of them", "just 1" when the party was asked for; a second number is no answer.
fn bare(tokens: &Tokens, with_children: bool) -> Option<u32> {
    let mut numbers =
        (0..tokens.len()).filter(|at| tokens.number(*at).is_some() && !is_length(tokens, *at));
    let (at, more) = (numbers.next()?, numbers.next());
    let (count, ordinal) = tokens.number(at)?;
    (!ordinal && !with_children && more.is_none()).then_some(if is_negative(tokens, at) {
        0
    } else {
        count
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    fn read(text: &str) -> (Option<u32>, Option<u32>) {
        let found = find(&Tokens::of(text), false);
        (found.grown_ups(), found.children)
    }

    #[test]
    fn parties() {
        for (text, adults, children) in [
            ("2 adults and a toddler", Some(2), Some(1)),
            ("two adults and no kids", Some(2), Some(0)),
            ("me and my wife", Some(2), None),
            ("my wife and I", Some(2), None),
            ("a family of four with two kids", Some(2), Some(2)),
            ("just me", Some(1), None),
            ("just me and my son", Some(1), Some(1)),
            ("me, my husband and our two kids", Some(2), Some(2)),
            ("we are 4 adults and 9 kids", Some(4), Some(9)),
            ("we're three", Some(3), None),
            ("a room for two, please", Some(2), None),
            ("a room for two nights", None, None),
            ("group of 30", Some(30), None),
            ("5 of us", Some(5), None),
            ("0 guests", Some(0), None),
            ("-1 adults", Some(0), None),
            ("a toddler and a baby", None, Some(2)),
            ("1 adult and an 8 year old", Some(1), Some(1)),
            ("400 people", Some(400), None),
            ("2 people in march", Some(2), None),
            ("I'm travelling with my dad", Some(2), None),
            ("two grown ups, one small child", Some(2), Some(1)),
            ("breakfast for the room", None, None),
            ("I just want a person", None, None),
            ("for 2 pm", None, None),
            ("our twins and me", None, Some(2)),
            ("no kids just me and my wife", Some(2), Some(0)),
            ("my boss gave me the days off, I come alone", Some(1), None),
            ("me with my mom and my dad", Some(3), None),
            ("this weekend for me and my dog", Some(1), None),
            ("a room for my parents", Some(2), None),
            ("2 aduls", Some(2), None),
            ("for myself and my husband", Some(2), None),
            ("a 7 night stay - 2 adults", Some(2), None),
            ("our two kids and I", Some(1), Some(2)),
        ] {
            assert_eq!(read(text), (adults, children), "{text}");
        }
    }

    #[test]
    fn a_bare_number_answers_the_question() {
        assert_eq!(find(&Tokens::of("2"), true).grown_ups(), Some(2));
        assert_eq!(find(&Tokens::of("just one"), true).grown_ups(), Some(1));
        assert!(find(&Tokens::of("2"), false).is_empty());
        assert_eq!(find(&Tokens::of("-1"), true).grown_ups(), Some(0));
    }
}
