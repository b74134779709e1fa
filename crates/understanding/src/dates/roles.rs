//! Whether a day is the arrival or the departure, told by the words before it.

use crate::tokens::Tokens;

/// A day's part in the stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// It begins the stay.
    Arrival,
    /// It ends it.
    Departure,
    /// Neither was said.
    Unsaid,
}

const FILLERS: &[&str] = &[
    "on", "the", "is", "date", "for", "at", "of", ":", "will", "be", "by", "around", "day", "as",
    "early", "late", "us", "next", "this",
];

/// The part the day that begins at `at` plays.
pub(crate) fn of(tokens: &Tokens, at: usize) -> Role {
    let mut back = 1;
    if tokens.is(at, &["until", "till"]) {
        return Role::Departure;
    }
    while back <= 4 && FILLERS.contains(&tokens.before(at, back)) {
        back += 1;
    }
    let word = tokens.before(at, back);
    let earlier = tokens.before(at, back + 1);
    match word {
        "leave" | "leaving" | "leaves" | "depart" | "departing" | "departure" | "checkout"
        | "until" | "till" | "til" | "untill" | "through" | "thru" | "out" => Role::Departure,
        "arrive" | "arriving" | "arrives" | "arrival" | "from" | "starting" | "coming"
        | "checkin" | "start" | "beginning" => Role::Arrival,
        "in" if matches!(earlier, "check" | "checking" | "checked" | "-") => Role::Arrival,
        _ => Role::Unsaid,
    }
}

/// "not the 12th", "instead of Friday".
pub(crate) fn is_negated(tokens: &Tokens, at: usize) -> bool {
    let mut back = 1;
    while back <= 3 && tokens.is(at.wrapping_sub(back), &["the", "on", "for", "of"]) {
        back += 1;
    }
    matches!(
        tokens.before(at, back),
        "not" | "instead" | "isn't" | "than"
    )
}
