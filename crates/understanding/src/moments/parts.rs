//! Parts of days and of longer periods.

use super::{Found, When};
use crate::dates::points::Reading;
use crate::tokens::Tokens;

/// A part of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DayPart {
    /// Until noon.
    Morning,
    /// Until about six.
    Afternoon,
    /// Until about ten.
    Evening,
    /// After that.
    Night,
}

/// A part of a week, month, season or year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// "early", "the beginning of".
    Early,
    /// "mid".
    Middle,
    /// "late", "later".
    Late,
    /// "the end of".
    End,
}

/// The part of the day named at `at`, and the index after it.
pub(super) fn day_part(tokens: &Tokens, at: usize) -> Option<(DayPart, usize)> {
    let part = match tokens.word(at) {
        "morning" | "mornings" | "breakfast-time" => DayPart::Morning,
        "afternoon" | "afternoons" => DayPart::Afternoon,
        "evening" | "evenings" => DayPart::Evening,
        "night" | "nite" => DayPart::Night,
        _ => return None,
    };
    Some((part, at + 1))
}

/// "this evening" is a day and its part; "in the morning" a part only. Greetings and counted nights are none.
pub(super) fn of_day(reading: Reading<'_>, at: usize) -> Option<Found> {
    let tokens = reading.tokens;
    if tokens.word(at) == "this" {
        let (part, next) = day_part(tokens, at + 1)?;
        let on = reading.today;
        return Some(Found {
            when: When::Day {
                on,
                part: Some(part),
            },
            start: at,
            next,
        });
    }
    let (part, next) = day_part(tokens, at)?;
    let greeting = tokens.is(at.wrapping_sub(1), &["good", "lovely", "nice"]);
    let before = tokens.before(at, 1);
    let counted = tokens.count(at.wrapping_sub(1)).is_some()
        || matches!(
            before,
            "per" | "each" | "every" | "more" | "extra" | "single" | "the" | "a"
        ) && part == DayPart::Night
        || matches!(before, "another" | "a" | "an");
    (!greeting && !counted).then_some(Found {
        when: When::PartOfDay(part),
        start: at,
        next,
    })
}

/// "early", "at the end of the", "mid -" before a period, and the index after it.
pub(super) fn of_period(tokens: &Tokens, at: usize) -> Option<(Part, usize)> {
    let start = at + usize::from(tokens.is(at, &["at", "in", "during", "towards", "by"]));
    let start = start + usize::from(tokens.word(start) == "the");
    let part = match tokens.word(start) {
        "early" | "earlier" | "beginning" | "start" => Part::Early,
        "mid" | "middle" => Part::Middle,
        "late" | "later" => Part::Late,
        "end" => Part::End,
        _ => return None,
    };
    let mut next = start + 1;
    while next < start + 5 && tokens.is(next, &["of", "in", "-", "the", "around", "about"]) {
        next += 1;
    }
    Some((part, next))
}
