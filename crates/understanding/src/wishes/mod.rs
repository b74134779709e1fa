//! What a guest wishes of a house, as far as it is said: where it lies, what it costs, how many stars it has, parking,
//! the internet, for how many people and nights; and what does not matter.

mod counts;
mod indifference;
#[cfg(test)]
mod tests;
mod words;

use std::ops::Range;

use chrono::Weekday;

use crate::tokens::Tokens;

/// What a wish is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Aspect {
    /// The part of town.
    Area,
    /// What it may cost, in a word.
    Budget,
    /// The number of stars.
    Stars,
    /// What others think of it, as a score of five.
    Rating,
    /// A hotel or a guesthouse.
    Kind,
    /// A place for the car.
    Parking,
    /// The internet.
    Internet,
    /// Clothes can be washed.
    Laundry,
    /// Smoking is allowed.
    Smoking,
    /// Animals are welcome.
    Pets,
    /// How many guests.
    People,
    /// How many nights.
    Nights,
    /// How many rooms.
    Rooms,
    /// The day of the week on which the stay begins.
    Day,
}

/// What is wished of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// It has to be there.
    Yes,
    /// It does not matter.
    Any,
    /// One of the words of the aspect, such as `centre`, `cheap` or `guesthouse`.
    Word(&'static str),
    /// So many.
    Count(u32),
    /// Tenths of a score: 43 is 4.3.
    Tenths(u32),
    /// A day of the week.
    Day(Weekday),
}

/// One wish.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// What it is about.
    pub aspect: Aspect,
    /// What is wished of it.
    pub wanted: Wanted,
    /// Its bytes; empty where a bare yes or no answers a question.
    pub span: Range<usize>,
}

/// What the house may have one way or another.
const PREFERENCES: &[Aspect] = &[
    Aspect::Area,
    Aspect::Budget,
    Aspect::Stars,
    Aspect::Kind,
    Aspect::Parking,
    Aspect::Internet,
];
const AMENITIES: &[Aspect] = &[
    Aspect::Parking,
    Aspect::Internet,
    Aspect::Laundry,
    Aspect::Smoking,
    Aspect::Pets,
];

/// The wishes of a message, one an aspect: what is said later counts. `asked` is what was just asked for, so that a bare
/// "no", "yes" or "4" is understood.
pub fn wishes(text: &str, asked: &[Aspect]) -> Vec<Wish> {
    let tokens = Tokens::of(text);
    let mut all: Vec<Wish> = Vec::new();
    for clause in clauses(&tokens) {
        for wish in of_clause(&tokens, &clause, asked) {
            all.retain(|other| other.aspect != wish.aspect);
            all.push(wish);
        }
    }
    all
}

/// The parts between full stops, question marks and the like; a decimal point parts nothing.
fn clauses(tokens: &Tokens) -> Vec<Range<usize>> {
    let mut clauses = Vec::new();
    let mut start = 0;
    for at in 0..=tokens.len() {
        let point =
            at > 0 && tokens.joined(at - 1) && tokens.joined(at) && tokens.number(at + 1).is_some();
        let ends = at == tokens.len() || tokens.is(at, &[".", "?", "!", ";"]) && !point;
        if ends {
            clauses.push(start..at);
            start = at + 1;
        }
    }
    clauses.retain(|clause| !clause.is_empty());
    clauses
}

fn of_clause(tokens: &Tokens, clause: &Range<usize>, asked: &[Aspect]) -> Vec<Wish> {
    let mut found = said(tokens, clause);
    indifferent(tokens, clause, asked, &mut found);
    if found.is_empty() {
        found.extend(bare_number(tokens, clause, asked));
    }
    answered(tokens, clause, asked, &mut found);
    found
}

/// What the words of the clause name; each aspect once, as it was said first.
fn said(tokens: &Tokens, clause: &Range<usize>) -> Vec<Wish> {
    let mut found: Vec<Wish> = Vec::new();
    let mut at = clause.start;
    while at < clause.end {
        let (wish, next) = match words::at(tokens, at) {
            Some((aspect, wanted, end)) => (named(tokens, clause, at, (aspect, wanted), end), end),
            None => {
                let counted = counts::at(tokens, at).or_else(|| counts::alone(tokens, at));
                (counted.or_else(|| counts::weekday(tokens, at)), at + 1)
            }
        };
        let fresh = wish.filter(|wish| found.iter().all(|other| other.aspect != wish.aspect));
        found.extend(fresh);
        at = next;
    }
    found
}

/// A word of the table: something not needed does not matter, and "not expensive" names no price.
fn named(
    tokens: &Tokens,
    clause: &Range<usize>,
    at: usize,
    (aspect, wanted): (Aspect, Wanted),
    end: usize,
) -> Option<Wish> {
    const FAR: usize = 5;
    let before = at.saturating_sub(FAR).max(clause.start)..at;
    let denied = before
        .into_iter()
        .any(|place| is_denial(tokens.word(place)) && !tokens.is(place + 1, &[","]));
    let either = aspect == Aspect::Kind
        && (at >= 2 && tokens.is(at - 1, &["or"]) || tokens.is(end, &["or"]));
    let wanted = match denied {
        true if AMENITIES.contains(&aspect) => Wanted::Any,
        true => return None,
        false if either => return None,
        false => wanted,
    };
    Some(Wish {
        aspect,
        wanted,
        span: counts::span(tokens, at, end),
    })
}

fn is_denial(word: &str) -> bool {
    matches!(
        word,
        "not" | "no" | "without" | "nor" | "dont" | "doesnt" | "n't"
    ) || word.ends_with("n't")
}

/// What does not matter: what is named beside the words that say so, else what is named at all, else what was asked.
fn indifferent(tokens: &Tokens, clause: &Range<usize>, asked: &[Aspect], found: &mut Vec<Wish>) {
    let any = |aspect| Wish {
        aspect,
        wanted: Wanted::Any,
        span: 0..0,
    };
    let indifference = indifference::of(tokens, clause);
    for aspect in &indifference.beside {
        found.retain(|wish| wish.aspect != *aspect);
        found.push(any(*aspect));
    }
    let is_new = |found: &[Wish], aspect: Aspect| found.iter().all(|wish| wish.aspect != aspect);
    let asked_for = asked
        .iter()
        .copied()
        .filter(|aspect| PREFERENCES.contains(aspect));
    let refuses = clause.start == 0
        && tokens.is(clause.start, &["no", "nope", "nah"])
        && !clause.clone().any(|at| tokens.is(at, &["thank", "thanks"]));
    let mut open: Vec<Aspect> = match indifference.said {
        true => indifference
            .named
            .into_iter()
            .filter(|aspect| is_new(found, *aspect))
            .collect(),
        false => Vec::new(),
    };
    if open.is_empty() && indifference.beside.is_empty() && (indifference.said || refuses) {
        open.extend(asked_for.filter(|aspect| is_new(found, *aspect)));
    }
    found.extend(open.into_iter().map(any));
}

/// "4" after "how many people?".
fn bare_number(tokens: &Tokens, clause: &Range<usize>, asked: &[Aspect]) -> Option<Wish> {
    const SHORT: usize = 6;
    const COUNTED: &[Aspect] = &[Aspect::People, Aspect::Nights, Aspect::Rooms, Aspect::Stars];
    let aspect = COUNTED
        .iter()
        .copied()
        .find(|aspect| asked.contains(aspect))?;
    let (at, count) = clause.clone().find_map(|at| match tokens.number(at)? {
        (count, false) => Some((at, count)),
        _ => None,
    })?;
    let wanted = Wanted::Count(count);
    let span = counts::span(tokens, at, at + 1);
    (clause.len() <= SHORT).then_some(Wish {
        aspect,
        wanted,
        span,
    })
}

/// "Yes" to "do you need parking?", and "a hotel" to "a hotel or a guesthouse?".
fn answered(tokens: &Tokens, clause: &Range<usize>, asked: &[Aspect], found: &mut Vec<Wish>) {
    let agrees = tokens.is(clause.start, &["yes", "yeah", "yep"]);
    let missing = |found: &[Wish], aspect| {
        asked.contains(&aspect) && found.iter().all(|wish| wish.aspect != aspect)
    };
    for aspect in AMENITIES.iter().copied().filter(|_| agrees) {
        if missing(found, aspect) {
            found.push(Wish {
                aspect,
                wanted: Wanted::Yes,
                span: 0..0,
            });
        }
    }
    let hotel = clause
        .clone()
        .find(|at| tokens.is(*at, &["hotel", "hotels"]));
    if let Some(at) = hotel.filter(|_| missing(found, Aspect::Kind)) {
        let span = counts::span(tokens, at, at + 1);
        found.push(Wish {
            aspect: Aspect::Kind,
            wanted: Wanted::Word("hotel"),
            span,
        });
    }
}
