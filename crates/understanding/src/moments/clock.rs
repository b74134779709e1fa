//! Times of day: "7 pm", "half past five", "18:45", "a quarter to 8 in the evening", "noon".

use chrono::NaiveTime;

use super::parts::{self, DayPart};
use super::{Found, When};
use crate::dates::words;
use crate::tokens::Tokens;

/// An hour and minutes as said, before morning or afternoon is known.
#[derive(Debug, Clone, Copy)]
struct Said {
    hour: u32,
    minute: u32,
    next: usize,
    /// Whether it can be nothing but a time.
    sure: bool,
}

/// What follows a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Half {
    Am,
    Pm,
    Night,
    Open,
}

/// The time of day that begins at `at`.
pub(super) fn at(tokens: &Tokens, at: usize) -> Option<Found> {
    named(tokens, at).or_else(|| {
        let said = said(tokens, at)?;
        let (half, bare_next, next) = suffix(tokens, said.next);
        let suffixed = next > said.next;
        let led = is_led(tokens, at) && !counts(tokens, said.next);
        (said.sure || suffixed || led).then(|| {
            found(
                tokens,
                at,
                said,
                half,
                bare_next,
                next,
                !suffixed && !said.sure,
            )
        })?
    })
}

/// A bare "7" or "1930" where a time was asked for.
pub(super) fn bare(tokens: &Tokens, at: usize) -> Option<Found> {
    let said = said(tokens, at)?;
    found(tokens, at, said, Half::Open, said.next, said.next, true)
}

fn found(
    tokens: &Tokens,
    start: usize,
    said: Said,
    half: Half,
    bare_next: usize,
    next: usize,
    hour_only: bool,
) -> Option<Found> {
    let hour = match half {
        Half::Pm if said.hour < 12 => said.hour + 12,
        Half::Night if (6..12).contains(&said.hour) => said.hour + 12,
        Half::Am | Half::Night if said.hour == 12 => 0,
        _ => said.hour % 24,
    };
    let begin = tokens.get(start)?.span.start;
    let end = tokens.get(bare_next.checked_sub(1)?)?.span.end;
    Some(Found {
        when: When::Clock {
            at: NaiveTime::from_hms_opt(hour, said.minute, 0)?,
            bare: begin..end,
            hour_only,
        },
        start,
        next,
    })
}

fn named(tokens: &Tokens, at: usize) -> Option<Found> {
    let (hour, next) = match tokens.word(at) {
        "noon" | "midday" | "noontime" => (12, at + 1),
        "midnight" => (0, at + 1),
        _ => return None,
    };
    let said = Said {
        hour,
        minute: 0,
        next,
        sure: true,
    };
    found(tokens, at, said, Half::Open, next, next, false)
}

fn said(tokens: &Tokens, at: usize) -> Option<Said> {
    past_or_to(tokens, at)
        .or_else(|| with_mark(tokens, at))
        .or_else(|| run_together(tokens, at))
        .or_else(|| two_numbers(tokens, at))
        .or_else(|| {
            let hour = plain(tokens, at).filter(|hour| *hour <= 24)?;
            Some(Said {
                hour,
                minute: 0,
                next: at + 1,
                sure: false,
            })
        })
}

fn plain(tokens: &Tokens, at: usize) -> Option<u32> {
    tokens
        .number(at)
        .filter(|(_, ordinal)| !ordinal)
        .map(|(value, _)| value)
}

/// "half past five", "a quarter to 8", "25 past 7".
fn past_or_to(tokens: &Tokens, at: usize) -> Option<Said> {
    let start = at + usize::from(tokens.word(at) == "a" && tokens.word(at + 1) == "quarter");
    let minutes = match tokens.word(start) {
        "half" => 30,
        "quarter" => 15,
        _ => plain(tokens, start).filter(|minutes| (1..=59).contains(minutes))?,
    };
    let turn = start + 1 + usize::from(tokens.is(start + 1, &["minutes", "mins", "min"]));
    let hour = plain(tokens, turn + 1).filter(|hour| (0..=24).contains(hour))?;
    let spoken = tokens.is(start, &["half", "quarter"]);
    let (hour, minute) = match tokens.word(turn) {
        "past" => (hour, minutes),
        "after" if spoken => (hour, minutes),
        // "3 to 5" is a range; only the five-minute steps are said so.
        "to" | "till" | "before"
            if spoken || minutes.is_multiple_of(5) && minutes >= 20 && hour <= 12 =>
        {
            ((hour + 23) % 24, 60 - minutes)
        }
        _ => return None,
    };
    Some(Said {
        hour,
        minute,
        next: turn + 2,
        sure: true,
    })
}

/// "18:45", "7.15 pm".
fn with_mark(tokens: &Tokens, at: usize) -> Option<Said> {
    let colon = tokens.word(at + 1) == ":";
    let touching = tokens.joined(at) && tokens.joined(at + 1);
    let dot = tokens.word(at + 1) == "." && touching;
    let (hour, minute) = (plain(tokens, at)?, plain(tokens, at + 2)?);
    let two_digits = tokens.word(at + 2).len() == 2 && !tokens.is_spelled(at + 2);
    let fits = hour <= 24 && minute < 60 && two_digits;
    let more =
        tokens.joined(at + 2) && tokens.is(at + 3, &[".", "/"]) && tokens.number(at + 4).is_some();
    let suffixed = || suffix(tokens, at + 3).2 > at + 3;
    (fits && !more && (colon && touching || dot && (suffixed() || is_led(tokens, at)))).then_some(
        Said {
            hour,
            minute,
            next: at + 3,
            sure: true,
        },
    )
}

/// "915pm", "1430" after "at".
fn run_together(tokens: &Tokens, at: usize) -> Option<Said> {
    let number = plain(tokens, at)?;
    let digits = tokens.word(at).len();
    let fits = (digits == 3 || digits == 4)
        && !tokens.is_spelled(at)
        && number / 100 <= 24
        && number % 100 < 60;
    fits.then_some(Said {
        hour: number / 100,
        minute: number % 100,
        next: at + 1,
        sure: false,
    })
}

/// "18 45", "five thirty", "8 oh five", where something else says that it is a time.
fn two_numbers(tokens: &Tokens, at: usize) -> Option<Said> {
    let hour = plain(tokens, at).filter(|hour| *hour <= 24)?;
    let hyphen = usize::from(tokens.word(at + 1) == "-" && tokens.is_spelled(at));
    let zero = usize::from(tokens.is(at + 1 + hyphen, &["oh", "o"]));
    let minute_at = at + 1 + hyphen + zero;
    let minute = plain(tokens, minute_at).filter(|minute| (1..60).contains(minute))?;
    let alike = tokens.is_spelled(at) == tokens.is_spelled(minute_at);
    let written = tokens.is_spelled(minute_at) || tokens.word(minute_at).len() == 2;
    let suffixed = suffix(tokens, minute_at + 1).2 > minute_at + 1;
    (alike && written && (suffixed || is_led(tokens, at) && !counts(tokens, minute_at + 1)))
        .then_some(Said {
            hour,
            minute,
            next: minute_at + 1,
            sure: true,
        })
}

/// Morning or afternoon, the index after "pm", and the index after everything ("pm in the evening").
fn suffix(tokens: &Tokens, at: usize) -> (Half, usize, usize) {
    let (half, after) = meridiem(tokens, at);
    let ish = after + usize::from(tokens.is(after, &["ish", "o'clock", "oclock", "sharp", "h"]));
    let ish = match tokens
        .phrase(after, "- ish")
        .or_else(|| tokens.phrase(after, "o ' clock"))
    {
        Some(next) => next,
        None => ish,
    };
    let mut name = ish;
    while name < ish + 2 && tokens.is(name, &["in", "the", "at"]) {
        name += 1;
    }
    match parts::day_part(tokens, name) {
        Some((part, next)) if half == Half::Open || next > name => {
            let told = match part {
                DayPart::Morning => Half::Am,
                DayPart::Afternoon | DayPart::Evening => Half::Pm,
                DayPart::Night => Half::Night,
            };
            let hour_before = tokens
                .number(at.wrapping_sub(1))
                .map_or(0, |(hour, _)| hour);
            let counted = part == DayPart::Night && name == ish && hour_before > 0;
            match counted {
                true => (half, after, ish),
                false => (if half == Half::Open { told } else { half }, after, next),
            }
        }
        _ => (half, after, ish),
    }
}

fn meridiem(tokens: &Tokens, at: usize) -> (Half, usize) {
    let half = |word: &str| match word {
        "am" | "a" => Some(Half::Am),
        "pm" | "p" => Some(Half::Pm),
        _ => None,
    };
    match tokens.word(at) {
        word @ ("am" | "pm") => (half(word).unwrap_or(Half::Open), at + 1),
        word @ ("a" | "p") if tokens.phrase(at + 1, ". m").is_some() => {
            let end = at + 3;
            let full_stop = tokens.word(end) == "." && tokens.joined(end - 1);
            (
                half(word).unwrap_or(Half::Open),
                end + usize::from(full_stop),
            )
        }
        word @ ("a" | "p") if tokens.word(at + 1) == "m" => {
            (half(word).unwrap_or(Half::Open), at + 2)
        }
        _ => (Half::Open, at),
    }
}

/// Words before a number that make it a time.
fn is_led(tokens: &Tokens, at: usize) -> bool {
    const SURE: &[&str] = &["at", "around", "about", "approximately", "by", "past", "@"];
    const NEAR: &[&str] = &["before", "after", "till", "until", "than"];
    const CLOCK_VERBS: &[&str] = &[
        "starts", "opens", "closes", "ends", "begins", "serve", "served",
    ];
    let before = tokens.before(at, 1);
    let verb = (1..=4).any(|back| CLOCK_VERBS.contains(&tokens.before(at, back)));
    let later = before == "than" && tokens.is(at.wrapping_sub(2), &["later", "earlier"]);
    SURE.contains(&before)
        || NEAR.contains(&before) && (before != "than" || later)
        || verb && before == "from"
}

/// Whether what follows says that the number counts things, is a day, a share or a price.
fn counts(tokens: &Tokens, next: usize) -> bool {
    let number = next.saturating_sub(1);
    let month = words::month(tokens, next).is_some() || tokens.word(next) == "of";
    let dated = tokens.joined(number) && tokens.word(next) == "/";
    let mark = dated
        || tokens.joined(number)
            && tokens.is(next, &[".", "-", "%", ":"])
            && tokens.number(next + 1).is_some();
    let noun = tokens.is(
        next,
        &[
            "star", "stars", "table", "tables", "seats", "pounds", "euros", "km", "miles", "or",
            "rating", "feet", "street", "road",
        ],
    );
    words::counts_something(tokens, number)
        || month
        || mark
        || noun
        || tokens.is(number.wrapping_sub(1), &["$", "€", "£", "#"])
}
