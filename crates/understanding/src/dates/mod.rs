//! When the guest wants to come and go.
//!
//! A date without a year is the first such day that is not over yet. A date that is plainly in
//! the past, impossible or the wrong way round is reported as a [`DateFault`], never silently moved.

pub(crate) mod calendar;
pub(crate) mod holidays;
mod numeric;
pub(crate) mod points;
pub(crate) mod roles;
pub(crate) mod spans;
mod weekdays;
pub(crate) mod words;

#[cfg(test)]
mod tests;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use self::points::{Point, Reading};
use self::roles::Role;
use super::tokens::Tokens;

/// What the guest said about dates. Every date is today or later; every range runs forwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum DateMention {
    /// One day, its part in the stay not said.
    Day {
        /// That day.
        on: NaiveDate,
    },
    /// The day of arrival.
    Arrival {
        /// That day.
        on: NaiveDate,
    },
    /// The day of departure.
    Departure {
        /// That day.
        on: NaiveDate,
    },
    /// Arrival and departure.
    Stay {
        /// First night.
        arrival: NaiveDate,
        /// Morning of leaving.
        departure: NaiveDate,
    },
    /// A span too wide to book ("in March"), half open.
    Window {
        /// First day.
        from: NaiveDate,
        /// The day after the last.
        to: NaiveDate,
    },
}

/// Why a date that was said cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateFault {
    /// It is over.
    Past(NaiveDate),
    /// No calendar has it.
    NoSuchDay,
    /// Departure on or before arrival.
    Reversed,
}

/// Which number of `3/12` is the month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// As in the United States.
    #[default]
    MonthFirst,
    /// As nearly everywhere else.
    DayFirst,
}

impl DateOrder {
    /// How dates are written in a country (ISO 3166-1): month first in the United States and the Philippines.
    pub fn of_country(code: &str) -> Self {
        match code {
            "US" | "PH" => Self::MonthFirst,
            _ => Self::DayFirst,
        }
    }
}

/// The stay discussed so far: "the 14th" means the 14th of that month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct KnownStay {
    /// Its arrival.
    pub(super) arrival: Option<NaiveDate>,
    /// Whether the question just asked was about the departure.
    pub(super) asking_departure: bool,
    /// Whether the question just asked was about dates: a bare "14" is then a day.
    pub(super) asking_dates: bool,
}

/// What was found about dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Found {
    pub(super) mention: Option<DateMention>,
    pub(super) fault: Option<DateFault>,
}

/// A single day with its part in the stay.
#[derive(Clone, Copy)]
struct Said {
    point: Point,
    role: Role,
    negated: bool,
    start: usize,
    next: usize,
}

/// Reads every date expression and makes one mention of them.
pub(super) fn find(
    tokens: &Tokens,
    today: NaiveDate,
    order: DateOrder,
    known: KnownStay,
    correcting: bool,
) -> Found {
    let reading = Reading {
        tokens,
        today,
        order,
    };
    let mut said: Vec<Said> = Vec::new();
    let mut range: Option<Result<spans::Stay, DateFault>> = None;
    let mut window = None;
    let mut at = 0;
    while at < tokens.len() {
        if let Some(found) = spans::range_at(reading, at) {
            if range.is_none() || correcting {
                range = Some(found.stay);
            }
            at = found.next.max(at + 1);
        } else if let Some((point, next)) = points::at(reading, at) {
            said.push(Said {
                point,
                role: roles::of(tokens, at),
                negated: roles::is_negated(tokens, at),
                start: at,
                next,
            });
            at = next.max(at + 1);
        } else if let Some((found, next)) = spans::window_at(reading, at) {
            window = window.or(Some(found));
            at = next.max(at + 1);
        } else {
            at += 1;
        }
    }
    if said.is_empty() && range.is_none() && known.asking_dates {
        said.extend(bare_day(tokens));
    }
    let resolution = Resolution { today, known };
    match range {
        Some(stay) => resolution.range(stay),
        None if said.iter().any(|s| !s.negated) => resolution.days(&said, correcting),
        None => Found {
            mention: window.map(|(from, to)| DateMention::Window { from, to }),
            fault: None,
        },
    }
}

/// "14", when a date was asked for and the message says no other number.
fn bare_day(tokens: &Tokens) -> Option<Said> {
    let mut numbers = (0..tokens.len()).filter(|at| tokens.number(*at).is_some());
    let (at, more) = (numbers.next()?, numbers.next());
    let (day, _) = tokens.number(at)?;
    let plain = more.is_none() && points::is_day(day) && !words::counts_something(tokens, at);
    plain.then_some(Said {
        point: Point::Day(day),
        role: Role::Unsaid,
        negated: false,
        start: at,
        next: at + 1,
    })
}

#[derive(Clone, Copy)]
struct Resolution {
    today: NaiveDate,
    known: KnownStay,
}

impl Resolution {
    fn range(self, stay: Result<spans::Stay, DateFault>) -> Found {
        match stay {
            Ok((arrival, departure)) => Found {
                mention: Some(DateMention::Stay { arrival, departure }),
                fault: None,
            },
            Err(fault) => faulty(fault),
        }
    }

    fn days(self, said: &[Said], correcting: bool) -> Found {
        let kept: Vec<Said> = said.iter().copied().filter(|s| !s.negated).collect();
        let pick = |role: Role| kept.iter().rev().find(|s| s.role == role).copied();
        let (arrival, departure) = (pick(Role::Arrival), pick(Role::Departure));
        let unsaid: Vec<Said> = kept
            .iter()
            .copied()
            .filter(|s| s.role == Role::Unsaid)
            .collect();
        let plain = match correcting {
            true => unsaid.last().copied(),
            false => unsaid.first().copied(),
        };
        match (arrival.or(plain), departure) {
            (Some(first), Some(last)) => self.pair(first.point, last.point),
            (None, Some(last)) => self.departure(last.point),
            (Some(first), None) => match neighbours(&kept, first) {
                Some(second) if !correcting => self.pair(first.point, second.point),
                _ => self.single(first),
            },
            (None, None) => Found::default(),
        }
    }

    fn pair(self, first: Point, last: Point) -> Found {
        self.range(spans::resolve(first, last, self.today))
    }

    fn single(self, said: Said) -> Found {
        if self.known.asking_departure && said.role == Role::Unsaid {
            return self.departure(said.point);
        }
        let near = match (said.point.is_partial(), self.known.arrival) {
            (true, Some(arrival)) => near(said.point, arrival).max(self.today),
            _ => said.point.earliest(self.today),
        };
        self.dated(said.point, near, |on| match said.role {
            Role::Arrival => DateMention::Arrival { on },
            _ => DateMention::Day { on },
        })
    }

    fn departure(self, point: Point) -> Found {
        let from = match self.known.arrival {
            Some(arrival) => calendar::later(arrival, 1),
            None => calendar::later(self.today, 1),
        };
        let from = from.max(self.today);
        self.dated(point, from, |on| DateMention::Departure { on })
    }

    fn dated(
        self,
        point: Point,
        from: NaiveDate,
        mention: impl Fn(NaiveDate) -> DateMention,
    ) -> Found {
        match point.on_or_after(from) {
            None => faulty(DateFault::NoSuchDay),
            Some(date) if date < self.today => faulty(DateFault::Past(date)),
            Some(date) => Found {
                mention: Some(mention(date)),
                fault: None,
            },
        }
    }
}

/// Where to look for a bare day or weekday when the arrival is already known.
fn near(point: Point, arrival: NaiveDate) -> NaiveDate {
    match point {
        Point::Day(_) => calendar::first_of_month(arrival),
        _ => calendar::monday(arrival),
    }
}

/// The day named right after `first`, with nothing but a comma or "and" between.
fn neighbours(kept: &[Said], first: Said) -> Option<Said> {
    kept.iter()
        .copied()
        .find(|s| s.start > first.start && s.start <= first.next + 1 && s.role == Role::Unsaid)
        .filter(|s| !matches!(s.point, Point::Weekday(_)))
}

fn faulty(fault: DateFault) -> Found {
    Found {
        mention: None,
        fault: Some(fault),
    }
}
