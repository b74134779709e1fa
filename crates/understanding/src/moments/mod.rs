//! Every expression of time in a message, with its place and its value.
//!
//! [`super::dates`] answers "when does the guest come and go?"; this module answers "which times are named here?":
//! days, ranges, weeks and months and their parts, lengths, clock times and parts of the day. It looks ahead: a day
//! or month without a year is the next one.

mod clock;
mod lengths;
mod numbered_week;
mod parts;
mod periods;
mod ranges;

#[cfg(test)]
mod tests;

use std::ops::Range;

use chrono::{NaiveDate, NaiveTime};

use self::parts::DayPart;
pub use self::parts::{DayPart as PartOfDay, Part};
use super::dates::DateOrder;
use super::dates::points::{self, Reading};
use super::dates::roles::{self, Role};
use super::dates::words;
use super::tokens::Tokens;

/// An expression of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// Its bytes in the message, without leading prepositions and articles.
    pub span: Range<usize>,
    /// Its value.
    pub when: When,
    /// Its part in the stay, by the words before it.
    pub role: Role,
}

/// How coarse a period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Grain {
    /// Minutes and hours.
    Hour,
    /// Days and nights.
    Day,
    /// Weeks.
    Week,
    /// Months.
    Month,
    /// Seasons and quarters.
    Quarter,
    /// Years.
    Year,
}

/// The value of an expression of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum When {
    /// One day; a part of it where one word names both ("tonight", "this evening").
    Day {
        /// That day.
        on: NaiveDate,
        /// Its part.
        part: Option<PartOfDay>,
    },
    /// A weekend, by its Saturday; `long` when a holiday on Monday belongs to it.
    Weekend {
        /// Its Saturday.
        saturday: NaiveDate,
        /// Whether Monday belongs to it.
        long: bool,
    },
    /// A week, month, season, quarter or year, or some part of one.
    Period {
        /// First day of the whole.
        from: NaiveDate,
        /// The day after its last.
        to: NaiveDate,
        /// What it is a whole of.
        grain: Grain,
        /// Which part is meant.
        part: Option<Part>,
    },
    /// From one expression to another.
    Between {
        /// Where it begins.
        first: Box<Moment>,
        /// Where it ends.
        last: Box<Moment>,
        /// First day.
        from: NaiveDate,
        /// The last day named, or the first of the last period.
        to: NaiveDate,
    },
    /// From then on.
    Since(Box<Moment>),
    /// Later than that.
    After(Box<Moment>),
    /// Up to then.
    Until(Box<Moment>),
    /// How long.
    Length {
        /// In seconds.
        seconds: u64,
        /// The unit it was said in.
        grain: Grain,
    },
    /// So many seconds from now.
    In {
        /// In seconds.
        seconds: u64,
    },
    /// A time of day.
    Clock {
        /// The time; as said where morning or afternoon was not.
        at: NaiveTime,
        /// Its bytes without "in the evening", "o'clock" or "ish".
        bare: Range<usize>,
        /// Whether only an hour was said, with nothing that makes it a time but the word before it.
        hour_only: bool,
    },
    /// From one time of day to another.
    Clocks {
        /// Where it begins.
        first: Box<Moment>,
        /// Where it ends.
        last: Box<Moment>,
    },
    /// Morning, afternoon, evening or night of no named day.
    PartOfDay(PartOfDay),
}

/// An expression between two token indices.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Found {
    when: When,
    start: usize,
    next: usize,
}

impl Found {
    fn moment(self, tokens: &Tokens) -> Moment {
        let begin = tokens.get(self.start).map_or(0, |token| token.span.start);
        let last = tokens.get(self.next.saturating_sub(1));
        Moment {
            span: begin..last.map_or(begin, |token| token.span.end),
            role: roles::of(tokens, self.start),
            when: self.when,
        }
    }
}

/// What a message is read against.
#[derive(Debug, Clone, Copy)]
pub struct Asked {
    /// Today at the property.
    pub today: NaiveDate,
    /// How `3/12` is read.
    pub order: DateOrder,
    /// Whether a time of day was just asked for: a bare "7" is then one.
    pub time: bool,
    /// Whether a date was just asked for: a bare "7" is then a day.
    pub date: bool,
}

/// Every expression of time in `text`, in order.
pub fn moments(text: &str, asked: Asked) -> Vec<Moment> {
    let tokens = Tokens::of(text);
    let reading = Reading {
        tokens: &tokens,
        today: asked.today,
        order: asked.order,
    };
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match expression(reading, at) {
            Some(expression) => {
                at = expression.next.max(at + 1);
                found.push(expression.moment(&tokens));
            }
            None => at += 1,
        }
    }
    let year_alone = |moment: &Moment| {
        matches!(
            moment.when,
            When::Period {
                grain: Grain::Year,
                ..
            }
        )
    };
    if asked.time && found.iter().all(year_alone) {
        found.clear();
    }
    if found.is_empty() {
        found.extend(bare_answer(reading, asked).map(|answer| answer.moment(&tokens)));
    }
    found
}

fn expression(reading: Reading<'_>, at: usize) -> Option<Found> {
    if is_inside_a_code(reading.tokens, at) {
        return None;
    }
    ranges::open(reading, at)
        .or_else(|| ranges::closed(reading, at))
        .or_else(|| clock::at(reading.tokens, at))
        .or_else(|| single(reading, at))
        .or_else(|| parts::of_day(reading, at))
}

/// A day, a period, an offset or a length; what a range can be made of.
fn single(reading: Reading<'_>, at: usize) -> Option<Found> {
    let readings = [
        periods::at(reading, at),
        lengths::at(reading, at),
        day(reading, at),
    ];
    let longest = readings.iter().flatten().map(|found| found.next).max()?;
    readings
        .into_iter()
        .flatten()
        .find(|found| found.next == longest)
}

/// A single day; it begins behind "on the".
fn day(reading: Reading<'_>, at: usize) -> Option<Found> {
    let part = match reading.tokens.word(at) {
        "tonight" | "tonite" | "2nite" => Some(DayPart::Night),
        "this" => parts::day_part(reading.tokens, at + 1).map(|(part, _)| part),
        _ => None,
    };
    let (point, next) = points::at(reading, at)?;
    let on = point.on_or_after(point.earliest(reading.today))?;
    Some(Found {
        when: When::Day { on, part },
        start: points::skip_articles(reading.tokens, at),
        next,
    })
}

/// Letters and digits grown together by marks ("AB-12-2018") are numbers of something.
fn is_inside_a_code(tokens: &Tokens, at: usize) -> bool {
    let glued = |index: usize| tokens.joined(index) && tokens.number(index).is_some();
    at > 1
        && tokens.number(at).is_some()
        && tokens.joined(at - 1)
        && tokens.is(at - 1, &["-", "/", "."])
        && glued(at - 2)
}

/// "7" or "the 7th" where a time or a date was asked for.
fn bare_answer(reading: Reading<'_>, asked: Asked) -> Option<Found> {
    let tokens = reading.tokens;
    let mut numbers = (0..tokens.len()).filter(|at| tokens.number(*at).is_some());
    let (at, more) = (numbers.next()?, numbers.next());
    let counts =
        words::counts_something(tokens, at) || matches!(tokens.before(at, 1), "of" | "for");
    if more.is_some() || counts {
        return None;
    }
    match () {
        () if asked.time => clock::bare(tokens, at),
        () if asked.date => {
            let (day, _) = tokens.number(at).filter(|(day, _)| points::is_day(*day))?;
            let on = points::Point::Day(day).on_or_after(reading.today)?;
            Some(Found {
                when: When::Day { on, part: None },
                start: at,
                next: at + 1,
            })
        }
        () => None,
    }
}
