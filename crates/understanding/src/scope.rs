//! Whether a message speaks of a stay at all, or of something else that can be booked, wanted or called off.
//!
//! "Reserve", "I need a" and "is it available" are said of tables, flights and laptops as well. What they are said of is
//! read here, so that nothing is begun for somebody who wants none of a front desk's business.

use super::names;
use super::tokens::{Kind, Tokens};

/// Words that are only said of a place to sleep.
const LODGING: &[&str] = &[
    "room",
    "rooms",
    "suite",
    "suites",
    "bed",
    "beds",
    "king",
    "queen",
    "double",
    "twin",
    "single",
    "hotel",
    "hotels",
    "motel",
    "motels",
    "guesthouse",
    "hostel",
    "inn",
    "lodging",
    "lodge",
    "accommodation",
    "accommodations",
    "accomodation",
    "vacancy",
    "vacancies",
    "night",
    "nights",
    "overnight",
    "sleep",
    "weekend",
];

/// What a house may have, but not by the night: to ask for it is a question about the house.
const BY_THE_HOUR: &[&str] = &[
    "table",
    "tables",
    "meeting room",
    "meeting rooms",
    "meeting space",
    "conference room",
    "conference rooms",
    "conference space",
    "room for meeting",
    "room for a meeting",
    "room for our meeting",
    "ballroom",
    "restaurant",
    "massage",
    "haircut",
];

/// What no house sells.
const ELSEWHERE: &[&str] = &[
    "flight",
    "flights",
    "airline",
    "airlines",
    "plane",
    "train",
    "ticket",
    "tickets",
    "rental car",
    "car rental",
    "rental cars",
    "a car",
    "rent a",
    "taxi",
    "cab",
    "uber",
    "meeting",
    "meetings",
    "visa",
    "bill",
    "bills",
    "groceries",
    "subscription",
    "order",
    "alarm",
    "alarms",
    "timer",
    "timers",
    "reminder",
    "reminders",
    "playlist",
    "insurance",
    "membership",
    "payment",
    "doctor",
    "dentist",
    "movie",
    "movies",
    "concert",
    "gym membership",
    "phone plan",
    "account",
];

/// Words of a booking that may be one of a stay.
const RESERVED: &[&str] = &[
    "reservation",
    "reservations",
    "booking",
    "bookings",
    "reserve",
    "book",
];

/// A message with more words than these that a front desk does not use speaks of something else.
const FEW_UNKNOWN: usize = 1;
/// The same where a place to sleep is named.
const SOME_UNKNOWN: usize = 2;

/// What a message can be about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// Nothing speaks against a stay.
    Stay,
    /// Something of the house that is not slept in.
    House,
    /// Something else altogether.
    Elsewhere,
}

/// What the message is about, as far as its things tell.
pub(super) fn of(tokens: &Tokens) -> Scope {
    let by_the_hour = tokens.has(BY_THE_HOUR);
    match () {
        () if by_the_hour && !sleeps(tokens) => Scope::House,
        () if tokens.has(ELSEWHERE) && !names_lodging(tokens) => Scope::Elsewhere,
        () if at_a_time(tokens) && !names_lodging(tokens) => Scope::House,
        () => Scope::Stay,
    }
}

/// Whether a place to sleep is named.
pub(super) fn names_lodging(tokens: &Tokens) -> bool {
    tokens.has(LODGING)
}

/// Whether a booking, a reservation or a stay is named: what is called off is then one of the house.
pub(super) fn names_booking(tokens: &Tokens) -> bool {
    tokens.has(&[
        "booking",
        "reservation",
        "bookings",
        "reservations",
        "stay",
        "room",
        "rooms",
    ])
}

/// A place to sleep beside a table or a meeting room: "a room for two and a table for dinner".
fn sleeps(tokens: &Tokens) -> bool {
    (0..tokens.len()).any(|at| {
        let met = tokens.is(at, &["room", "rooms"])
            && (matches!(tokens.before(at, 1), "meeting" | "conference")
                || tokens.phrase(at + 1, "for meeting").is_some()
                || tokens.phrase(at + 1, "for a meeting").is_some()
                || tokens.phrase(at + 1, "for our meeting").is_some());
        tokens.is(at, LODGING) && !met
    })
}

/// A booking "at 7" or "at 3 o'clock" is one of a table; nobody books a bed by the clock.
fn at_a_time(tokens: &Tokens) -> bool {
    let clock = (0..tokens.len()).any(|at| {
        let counted = tokens.number(at).is_some_and(|(_, ordinal)| !ordinal);
        counted
            && (tokens.is(at + 1, &["pm", "am", "o'clock", "clock", "oclock"])
                || tokens.is(at + 1, &["o"]) && tokens.is(at + 3, &["clock"])
                || tokens.is(at + 1, &[":"]) && tokens.number(at + 2).is_some())
    });
    clock && tokens.has(RESERVED)
}

/// Whether more words than a front desk's are in the message than one about a stay would have.
pub(super) fn is_strange(tokens: &Tokens) -> bool {
    let bound = match names_lodging(tokens) {
        true => SOME_UNKNOWN,
        false => FEW_UNKNOWN,
    };
    names::unknown_words(tokens) > bound
}

/// "Book" and "reserve" as what somebody wants done, not "a book" or "the blue book".
pub(super) fn wants_booked(tokens: &Tokens) -> bool {
    const BEFORE: &[&str] = &[
        "", "to", "i", "we", "you", "please", "and", "can", "could", "i'd", "we'd", "i'll",
        "we'll", "let's", "then", "just", "pls", "ok", "okay", "yes", "also", "now", "rather",
        "so", "don't", "will", "would", "must", "or", "go", "ahead",
    ];
    (0..tokens.len()).any(|at| {
        let verb = BEFORE.contains(&tokens.before(at, 1))
            || at > 0 && matches!(tokens.get(at - 1).map(|t| t.kind), Some(Kind::Mark(_)));
        tokens.is(at, &["book", "reserve"]) && verb && !tokens.is(at + 1, &["of"])
    })
}

/// "Confirm the Silva reservation", "check on a booking under Silva".
pub(super) fn confirms_reservation(tokens: &Tokens) -> bool {
    const FAR: usize = 6;
    let asks = |at: &usize| tokens.is(*at, &["confirm", "verify", "check", "find", "locate"]);
    (0..tokens.len()).filter(asks).any(|at| {
        (at + 1..at + FAR).any(|near| {
            tokens.is(near, &["reservation", "booking", "reservations"])
                && !(at + 1..near).any(|between| tokens.is(between, &["a", "make", "policy"]))
        })
    })
}

/// "I need a", "we'd like a": a wish, for whatever.
pub(super) fn wishes_for(tokens: &Tokens) -> bool {
    tokens.has(&[
        "i'd like a",
        "we need a",
        "i need a",
        "we'd like a",
        "i want a",
        "we want a",
    ])
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn what_is_booked_decides() {
        for (text, scope) in [
            ("book a room for two", Scope::Stay),
            ("reserve a table for four", Scope::House),
            ("a room for two and a table for dinner", Scope::Stay),
            ("is a meeting room free on Monday", Scope::House),
            ("a reservation at 7 pm for two", Scope::House),
            ("a room, we arrive at 7 pm", Scope::Stay),
            ("book a flight to Lima", Scope::Elsewhere),
            ("a hotel near the train", Scope::Stay),
            ("cancel the subscription", Scope::Elsewhere),
        ] {
            assert_eq!(of(&Tokens::of(text)), scope, "{text}");
        }
    }

    #[test]
    fn a_book_is_not_a_booking() {
        for yes in [
            "book it",
            "I want to book",
            "hi, book me in",
            "can you reserve two",
        ] {
            assert!(wants_booked(&Tokens::of(yes)), "{yes}");
        }
        for no in ["the blue book", "write a book", "book of records"] {
            assert!(!wants_booked(&Tokens::of(no)), "{no}");
        }
    }
}
