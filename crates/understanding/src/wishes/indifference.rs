//! "The area doesn't matter", "no preference": whatever is there will do.

use std::ops::Range;

use super::Aspect;
use crate::tokens::Tokens;

const PHRASES: &[&str] = &[
    "don't care",
    "do not care",
    "dont care",
    "doesn't matter",
    "doesnt matter",
    "does not matter",
    "doesn't really matter",
    "not matter",
    "don't matter",
    "doesn ' t matter",
    "no preference",
    "don't have a preference",
    "no particular",
    "not particular",
    "no specific",
    "not important",
    "isn't important",
    "unimportant",
    "not necessary",
    "not needed",
    "not required",
    "not a concern",
    "not an issue",
    "don't mind",
    "dont mind",
    "not really",
    "not picky",
    "not fussy",
    "not worried",
    "not concerned",
    "no difference",
    "make a difference",
    "anywhere",
    "anything is fine",
    "any is fine",
    "any area",
    "any part",
    "any price",
    "no price range",
    "is ok",
    "okay with any",
    "optional",
    "whatever",
    "up to you",
    "flexible",
];

/// What one can be indifferent to, by its names.
const NAMES: &[(Aspect, &[&str])] = &[
    (
        Aspect::Area,
        &["area", "part of town", "part", "side of town", "location"],
    ),
    (
        Aspect::Budget,
        &["price range", "pricerange", "price", "cost", "budget"],
    ),
    (Aspect::Stars, &["star", "stars", "star rating", "rating"]),
    (
        Aspect::Kind,
        &["type", "kind", "guesthouse or hotel", "hotel or guesthouse"],
    ),
    (Aspect::Parking, &["parking"]),
    (Aspect::Internet, &["internet", "wifi", "wi - fi"]),
];

/// How far what does not matter stands before and behind the words that say so.
const BEFORE: usize = 4;
const BEHIND: usize = 3;

/// What a clause is indifferent to.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Indifference {
    /// Whether it is at all.
    pub(super) said: bool,
    /// What is named right beside.
    pub(super) beside: Vec<Aspect>,
    /// What is named anywhere in the clause.
    pub(super) named: Vec<Aspect>,
}

/// Reads a clause.
pub(super) fn of(tokens: &Tokens, clause: &Range<usize>) -> Indifference {
    let phrases: Vec<Range<usize>> = clause.clone().filter_map(|at| phrase(tokens, at)).collect();
    let mut found = Indifference {
        said: !phrases.is_empty(),
        ..Indifference::default()
    };
    if !found.said {
        return found;
    }
    for (aspect, names) in NAMES {
        let places: Vec<usize> = clause
            .clone()
            .filter(|at| names.iter().any(|name| tokens.phrase(*at, name).is_some()))
            .collect();
        if places
            .iter()
            .any(|at| phrases.iter().any(|phrase| is_beside(tokens, phrase, *at)))
        {
            found.beside.push(*aspect);
        }
        if !places.is_empty() {
            found.named.push(*aspect);
        }
    }
    found
}

fn phrase(tokens: &Tokens, at: usize) -> Option<Range<usize>> {
    let end = PHRASES
        .iter()
        .filter_map(|phrase| tokens.phrase(at, phrase))
        .max()?;
    Some(at..end)
}

/// Whether the name at `at` stands close to the phrase, with no "and" or "but" between.
fn is_beside(tokens: &Tokens, phrase: &Range<usize>, at: usize) -> bool {
    let (close, between) = match at < phrase.start {
        true => (phrase.start - at <= BEFORE, at..phrase.start),
        false => (at < phrase.end + BEHIND + 1, phrase.start..at),
    };
    close
        && !between
            .into_iter()
            .any(|place| tokens.is(place, &["and", "but"]))
}
