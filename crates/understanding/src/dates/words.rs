//! Names of months, weekdays and the nouns that follow plain counts.

use chrono::Weekday;

use crate::spelling;
use crate::tokens::Tokens;

const MONTHS: [(&str, &str); 12] = [
    ("january", "jan"),
    ("february", "feb"),
    ("march", "mar"),
    ("april", "apr"),
    ("may", "may"),
    ("june", "jun"),
    ("july", "jul"),
    ("august", "aug"),
    ("september", "sep"),
    ("october", "oct"),
    ("november", "nov"),
    ("december", "dec"),
];

const WEEKDAYS: [(&str, &[&str], Weekday); 7] = [
    ("monday", &["mon"], Weekday::Mon),
    ("tuesday", &["tue", "tues"], Weekday::Tue),
    (
        "wednesday",
        &["wed", "weds", "wensday", "wendsday"],
        Weekday::Wed,
    ),
    ("thursday", &["thu", "thur", "thurs"], Weekday::Thu),
    ("friday", &["fri"], Weekday::Fri),
    ("saturday", &["sat", "saterday"], Weekday::Sat),
    ("sunday", &["sun"], Weekday::Sun),
];

/// The month named at `at` (1 to 12), and the index after it and its full stop.
pub(crate) fn month(tokens: &Tokens, at: usize) -> Option<(u32, usize)> {
    let word = tokens.word(at);
    let named = |(full, short): &(&str, &str)| {
        word == *full || word == *short || spelling::is_slip_of(word, full)
    };
    let index = match word {
        "sept" => 8,
        _ => MONTHS.iter().position(named)?,
    };
    let number = u32::try_from(index + 1).ok()?;
    Some((number, after_full_stop(tokens, at)))
}

/// The weekday named at `at`, and the index after it.
pub(crate) fn weekday(tokens: &Tokens, at: usize) -> Option<(Weekday, usize)> {
    let word = tokens.word(at);
    let (_, _, found) = WEEKDAYS.iter().find(|(full, short, _)| {
        word == *full || short.contains(&word) || spelling::is_slip_of(word, full)
    })?;
    let everyday_word = matches!(word, "sat" | "sun" | "wed" | "mon");
    (!everyday_word || reads_as_weekday(tokens, at)).then(|| (*found, after_full_stop(tokens, at)))
}

/// "Sat" and "sun" are dates only in the company of date words.
fn reads_as_weekday(tokens: &Tokens, at: usize) -> bool {
    const COMPANY: &[&str] = &[
        "on", "this", "next", "from", "to", "till", "until", "-", "thru", "through", "coming",
        "by", "last", "for",
    ];
    tokens.len() <= 2
        || COMPANY.contains(&tokens.before(at, 1))
        || tokens.number(at + 1).is_some()
        || tokens.is(at + 1, &["-", "to", "."])
}

/// The year at `at`, in digits or words ("2027", "two thousand and one", "nineteen eighty six"), and the index after it.
pub(crate) fn year(tokens: &Tokens, at: usize) -> Option<(u32, usize)> {
    let (number, _) = tokens.number(at).filter(|(_, ordinal)| !ordinal)?;
    if !tokens.is_spelled(at) {
        let counts = counts_something(tokens, at) && !tokens.is(at + 1, &["am", "pm"]);
        let fits = (1_900..=2_199).contains(&number) && tokens.word(at).len() == 4 && !counts;
        return fits.then_some((number, at + 1));
    }
    let small = |index: usize| {
        let (value, ordinal) = tokens.number(index)?;
        (!ordinal && value < 100 && tokens.is_spelled(index)).then_some(value)
    };
    match number {
        2_000 => {
            let rest = at + 1 + usize::from(tokens.word(at + 1) == "and");
            Some(small(rest).map_or((2_000, at + 1), |value| (2_000 + value, rest + 1)))
        }
        19 | 20 => small(at + 1)
            .filter(|value| *value >= 10)
            .map(|value| (number * 100 + value, at + 2)),
        _ => None,
    }
}

fn after_full_stop(tokens: &Tokens, at: usize) -> usize {
    match tokens.is(at + 1, &["."]) && tokens.joined(at) {
        true => at + 2,
        false => at + 1,
    }
}

/// Whether the number at `at` counts something ("2 adults", "3 pm", "10 %") and is no day.
pub(crate) fn counts_something(tokens: &Tokens, at: usize) -> bool {
    const THINGS: &[&str] = &[
        "adult",
        "adults",
        "people",
        "person",
        "persons",
        "guest",
        "guests",
        "pax",
        "of",
        "kid",
        "kids",
        "child",
        "children",
        "toddler",
        "toddlers",
        "baby",
        "babies",
        "infant",
        "infants",
        "night",
        "nights",
        "nite",
        "nites",
        "day",
        "days",
        "week",
        "weeks",
        "month",
        "months",
        "room",
        "rooms",
        "bed",
        "beds",
        "dog",
        "dogs",
        "cat",
        "cats",
        "pet",
        "pets",
        "am",
        "pm",
        "a.m",
        "p.m",
        "o'clock",
        "%",
        "usd",
        "dollars",
        "bucks",
        "hours",
        "hour",
        "minutes",
        "year",
        "years",
        "times",
        "friends",
        "travelers",
        "travellers",
        "grown",
        "women",
        "men",
        "girls",
        "boys",
        "percent",
        "other",
        "more",
        "small",
        "young",
        "little",
        "teens",
        "teenagers",
    ];
    let of_month = tokens.is(at + 1, &["of"])
        && (month(tokens, at + 2).is_some() || tokens.is(at + 2, &["this", "next", "the"]));
    let clock = tokens.is(at + 1, &[":"]) || tokens.before(at, 1) == ":";
    let money = tokens.before(at, 1) == "$" || tokens.is(at + 1, &["$"]);
    !of_month && (clock || money || THINGS.contains(&tokens.word(at + 1)))
}
