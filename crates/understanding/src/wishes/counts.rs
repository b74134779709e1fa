//! Numbers of something: stars, guests, nights, rooms, a rating; and the day of the week.

use std::ops::Range;

use chrono::Weekday;

use super::{Aspect, Wanted, Wish};
use crate::spelling::is_slip_of;
use crate::tokens::Tokens;

const PEOPLE: &[&str] = &[
    "people",
    "person",
    "persons",
    "guests",
    "guest",
    "adults",
    "adult",
    "ppl",
    "travelers",
    "friends",
];
const NIGHTS: &[&str] = &["night", "nights", "day", "days"];
const ROOMS: &[&str] = &["room", "rooms"];
const STARS: &[&str] = &["star", "stars"];
/// After these a bare number counts guests: "a room for 2".
const FOR: &[&str] = &[
    "reservation",
    "room",
    "rooms",
    "booking",
    "book",
    "it",
    "one",
    "house",
    "place",
];

/// The number at `at`, read by the words around it.
pub(super) fn at(tokens: &Tokens, at: usize) -> Option<Wish> {
    if let Some(wish) = rating(tokens, at) {
        return Some(wish);
    }
    let (count, ordinal) = tokens.number(at)?;
    let between = [
        "-",
        "more",
        "single",
        "separate",
        "different",
        "hotel",
        "adult",
    ];
    let next = at + 1 + usize::from(tokens.is(at + 1, &between));
    let of_us = tokens.phrase(at + 1, "of us").is_some();
    let group = tokens.is(at.saturating_sub(1), &["of"])
        && matches!(tokens.before(at, 2), "party" | "group")
        || tokens.before(at, 1) == "for"
            && FOR.contains(&tokens.before(at, 2))
            && !tokens.is(next, &["rd"]);
    let aspect = match () {
        () if ordinal => return None,
        () if tokens.is(next, STARS) => Aspect::Stars,
        () if tokens.is(next, NIGHTS) => Aspect::Nights,
        () if tokens.is(next, ROOMS) => Aspect::Rooms,
        () if tokens.is(next, PEOPLE) || of_us || group => Aspect::People,
        () if rated(tokens, at) => Aspect::Stars,
        () => return None,
    };
    Some(Wish {
        aspect,
        wanted: Wanted::Count(count),
        span: span(tokens, at, at + 1),
    })
}

/// "4.3": never stars, always a rating.
fn rating(tokens: &Tokens, at: usize) -> Option<Wish> {
    let decimal = tokens.joined(at) && tokens.is(at + 1, &["."]) && tokens.joined(at + 1);
    let ((whole, _), (tenth, _)) = (tokens.number(at)?, tokens.number(at + 2)?);
    let wanted = Wanted::Tenths(whole * 10 + tenth);
    let fits = decimal && whole <= 5 && tenth <= 9;
    fits.then(|| Wish {
        aspect: Aspect::Rating,
        wanted,
        span: span(tokens, at, at + 3),
    })
}

/// "A star rating of 4", "stars: 3".
fn rated(tokens: &Tokens, at: usize) -> bool {
    let of = at.saturating_sub(1);
    tokens.is(of, &["of"])
        && matches!(
            tokens.before(of, 1),
            "rating" | "star" | "stars" | "ratings"
        )
}

/// "Just me": one guest.
pub(super) fn alone(tokens: &Tokens, at: usize) -> Option<Wish> {
    const ALONE: &[&str] = &[
        "myself",
        "alone",
        "just me",
        "only me",
        "just for me",
        "by myself",
        "me only",
    ];
    let end = ALONE
        .iter()
        .filter_map(|phrase| tokens.phrase(at, phrase))
        .max()?;
    let with = tokens.is(end, &["and"])
        || matches!(tokens.before(at, 1), "and" | "including" | "it" | "do");
    (!with).then(|| Wish {
        aspect: Aspect::People,
        wanted: Wanted::Count(1),
        span: span(tokens, at, end),
    })
}

const DAYS: [(&str, &[&str], Weekday); 7] = [
    ("monday", &["mon"], Weekday::Mon),
    ("tuesday", &["tue", "tues"], Weekday::Tue),
    ("wednesday", &["wed", "weds"], Weekday::Wed),
    ("thursday", &["thu", "thur", "thurs"], Weekday::Thu),
    ("friday", &["fri"], Weekday::Fri),
    ("saturday", &["sat"], Weekday::Sat),
    ("sunday", &["sun"], Weekday::Sun),
];

/// A day of the week on which a stay begins; one "until" which it lasts is none.
pub(super) fn weekday(tokens: &Tokens, at: usize) -> Option<Wish> {
    let word = tokens.word(at);
    let (.., day) = DAYS.iter().find(|(name, short, _)| {
        *name == word || short.contains(&word) || word.len() > 5 && is_slip_of(word, name)
    })?;
    let ends = matches!(tokens.before(at, 1), "until" | "till" | "through" | "thru");
    (!ends).then(|| Wish {
        aspect: Aspect::Day,
        wanted: Wanted::Day(*day),
        span: span(tokens, at, at + 1),
    })
}

/// The bytes of the tokens from `from` to before `to`.
pub(super) fn span(tokens: &Tokens, from: usize, to: usize) -> Range<usize> {
    let start = tokens.get(from).map_or(0, |token| token.span.start);
    let end = tokens
        .get(to.saturating_sub(1))
        .map_or(start, |token| token.span.end);
    start..end
}
