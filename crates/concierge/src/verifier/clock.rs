//! Hours in words: "half past six", "six in the evening", "a quarter to nine", "ten o'clock". Numbers are in figures already.

use regex::Captures;

use super::figure::Figure;
use super::patterns::{Reading, number, part, time};

const HOUR: &str = r"(one|\d{1,2})\b";
/// Which half of the day, where that is said.
const HALF: &str =
    r"(?:\s*([ap])\.?m\b\.?|\s+(?:in\s+the\s+(morning|afternoon|evening)|at\s+(night))\b)";

/// The forms in which hours are said, and how each is read.
pub(super) fn forms() -> [(String, Reading); 6] {
    [
        (format!(r"\bhalf\s+past\s+{HOUR}{HALF}?"), |it| {
            clock(it, 1, 0, 30)
        }),
        (
            format!(r"\bquarter\s+(?:past|after)\s+{HOUR}{HALF}?"),
            |it| clock(it, 1, 0, 15),
        ),
        (
            format!(r"\bquarter\s+(?:to|before)\s+{HOUR}{HALF}?"),
            |it| clock(it, 1, 1, 45),
        ),
        (
            format!(r"\b(\d{{1,2}})\s+(?:minutes?\s+)?past\s+{HOUR}{HALF}?"),
            |it| clock(it, 2, 0, number(it, 1).unwrap_or(0)),
        ),
        (format!(r"\b{HOUR}\s+o(?:'|’)?\s?clock\b{HALF}?"), |it| {
            clock(it, 1, 0, 0)
        }),
        (
            format!(r"\b(\d{{1,2}})(?:[\s:](\d{{2}}))?\b{HALF}"),
            half_named,
        ),
    ]
}

/// The hour of a group, so many hours earlier and so many minutes on. The halves of the day stand in the groups after it.
fn clock(caught: &Captures<'_>, group: usize, earlier: u32, minute: u32) -> Vec<Figure> {
    let hour = match part(caught, group) {
        Some(one) if one.eq_ignore_ascii_case("one") => Some(1),
        _ => number(caught, group),
    };
    let Some(hour) = hour.filter(|hour| (1..25).contains(hour) && minute < 60) else {
        return Vec::new();
    };
    // Half of the day and hour go together: a quarter to twelve in the morning is eleven in the morning and more.
    let hour = match hour.saturating_sub(earlier) {
        0 => 12,
        hour => hour,
    };
    match half(caught, group + 1, hour) {
        None if hour <= 12 => vec![Figure::Clock(hour % 12, minute)],
        half => time(Some(hour), Some(minute), half),
    }
}

/// "6 in the evening", "7 30 in the morning", "6 pm".
fn half_named(caught: &Captures<'_>) -> Vec<Figure> {
    let Some(hour) = number(caught, 1) else {
        return Vec::new();
    };
    time(Some(hour), number(caught, 2), half(caught, 3, hour))
}

/// The half of the day that is named, as "a" or "p": of the night, the hours before midnight are the later ones.
fn half<'t>(caught: &Captures<'t>, group: usize, hour: u32) -> Option<&'t str> {
    let part_of_day = part(caught, group + 1).or_else(|| part(caught, group + 2));
    match part_of_day.map(str::to_lowercase).as_deref() {
        Some("morning") => Some("a"),
        Some("night") if !(6..12).contains(&hour) => Some("a"),
        Some(_) => Some("p"),
        None => part(caught, group),
    }
}
