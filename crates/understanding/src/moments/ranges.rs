//! From one expression to another, and ranges that are open on one side.

use chrono::{Datelike, NaiveDate};

use super::{Found, Grain, When, clock, periods};
use crate::dates::points::{self, Point, Reading};
use crate::dates::spans::{self, Pair};

/// "since March", "after the 12th", "by Friday", "starting on 7 January".
pub(super) fn open(reading: Reading<'_>, at: usize) -> Option<Found> {
    let tokens = reading.tokens;
    let (side, lead) = match tokens.word(at) {
        "since" => (Side::Since, at + 1),
        "starting" | "beginning" | "commencing" => {
            let on = usize::from(tokens.is(at + 1, &["on", "from"]));
            (Side::Since, at + 1 + on)
        }
        "after" => (Side::After, at + 1),
        "until" | "till" | "before" | "til" => (Side::Until, at + 1),
        _ => return None,
    };
    if let Some(closed) = closed(reading, lead).filter(|_| side == Side::Since) {
        return Some(closed);
    }
    let inner = super::single(reading, lead).or_else(|| periods::at(reading, lead))?;
    let dated = matches!(
        inner.when,
        When::Day { .. } | When::Period { .. } | When::Weekend { .. }
    );
    let next = inner.next;
    dated.then(|| {
        let moment = Box::new(inner.moment(tokens));
        Found {
            when: match side {
                Side::Since => When::Since(moment),
                Side::After => When::After(moment),
                Side::Until => When::Until(moment),
            },
            start: at,
            next,
        }
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Since,
    After,
    Until,
}

/// "12 to 15 March", "from May to September", "between 5 and 7 pm".
pub(super) fn closed(reading: Reading<'_>, at: usize) -> Option<Found> {
    days(reading, at)
        .or_else(|| long(reading, at))
        .or_else(|| clocks(reading, at))
}

fn days(reading: Reading<'_>, at: usize) -> Option<Found> {
    let Reading { tokens, today, .. } = reading;
    let pair = spans::pair_at(reading, at)?;
    let (from, to) = resolved(pair, today)?;
    let end = |on: NaiveDate, (start, next): (usize, usize)| {
        let start = points::skip_articles(tokens, start);
        let when = When::Day { on, part: None };
        Box::new(Found { when, start, next }.moment(tokens))
    };
    Some(Found {
        when: When::Between {
            first: end(from, pair.first_at),
            last: end(to, pair.last_at),
            from,
            to,
        },
        start: at,
        next: pair.last_at.1,
    })
}

/// Where the two do not make a stay, each is read alone: somebody else may have gone back and forth.
fn resolved(pair: Pair, today: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    let Pair { first, last, .. } = pair;
    if let Ok(stay) = spans::resolve(first, last, today) {
        return Some(stay);
    }
    let from = match (first, last) {
        (Point::Exact(from), _) => from,
        (_, Point::Exact(to)) => first.on_or_after(to.checked_sub_days(chrono::Days::new(364))?)?,
        _ => first.on_or_after(today)?,
    };
    let to = last.on_or_after(from)?;
    (from <= to).then_some((from, to))
}

/// Months, quarters and years: "from May to September", "2026 - 2028".
fn long(reading: Reading<'_>, at: usize) -> Option<Found> {
    let tokens = reading.tokens;
    let between = tokens.word(at) == "between";
    let lead = between || tokens.is(at, &["from"]);
    let first = endpoint(reading, at + usize::from(lead))?;
    let connector = spans::connector(tokens, first.next, between)?;
    let last = endpoint(reading, connector)?;
    let (from, start_grain) = begin(&first.when)?;
    let from = lent_year(from, start_grain, &last.when);
    let (to, grain) = finish(&last.when, from)?;
    let coarse = |grain: Grain| !matches!(grain, Grain::Day | Grain::Hour);
    (coarse(grain) || coarse(start_grain)).then_some(())?;
    let next = last.next;
    Some(Found {
        when: When::Between {
            first: Box::new(first.moment(tokens)),
            last: Box::new(last.moment(tokens)),
            from,
            to,
        },
        start: at,
        next,
    })
}

/// "from January to April 2015": the second end lends the first its year.
fn lent_year(from: NaiveDate, grain: Grain, last: &When) -> NaiveDate {
    let end = match last {
        When::Period { from, .. } => *from,
        When::Day { on, .. } => *on,
        _ => return from,
    };
    let years = u32::try_from(from.year() - end.year()).unwrap_or(0);
    if grain != Grain::Month || end >= from || years == 0 {
        return from;
    }
    let same_year = from.checked_sub_months(chrono::Months::new(years.saturating_mul(12)));
    let lent = same_year.map(|date| match date < end {
        true => date,
        false => date
            .checked_sub_months(chrono::Months::new(12))
            .unwrap_or(date),
    });
    lent.unwrap_or(from)
}

fn endpoint(reading: Reading<'_>, at: usize) -> Option<Found> {
    let year = || {
        let (year, next) = crate::dates::words::year(reading.tokens, at)?;
        let year = i32::try_from(year).ok()?;
        Some(Found {
            when: When::Period {
                from: NaiveDate::from_ymd_opt(year, 1, 1)?,
                to: NaiveDate::from_ymd_opt(year + 1, 1, 1)?,
                grain: Grain::Year,
                part: None,
            },
            start: at,
            next,
        })
    };
    periods::at(reading, at)
        .or_else(year)
        .or_else(|| super::day(reading, at))
        .filter(|found| !matches!(found.when, When::Weekend { .. }))
}

fn begin(when: &When) -> Option<(NaiveDate, Grain)> {
    match when {
        When::Day { on, .. } => Some((*on, Grain::Day)),
        When::Period { from, grain, .. } => Some((*from, *grain)),
        _ => None,
    }
}

/// A range reaches up to the last period, into its end only where that was said; it never runs backwards.
fn finish(when: &When, begin: NaiveDate) -> Option<(NaiveDate, Grain)> {
    let (to, grain) = match when {
        When::Day { on, .. } => (*on, Grain::Day),
        When::Period {
            to,
            grain,
            part: Some(super::Part::End | super::Part::Late),
            ..
        } => (*to, *grain),
        When::Period { from, grain, .. } => (*from, *grain),
        _ => return None,
    };
    let to = match to <= begin && grain == Grain::Month {
        true => to.checked_add_months(chrono::Months::new(12))?,
        false => to,
    };
    (to > begin).then_some((to, grain))
}

/// "from 4 to 10", "between five and seven pm": the second end lends the first its half of the day.
fn clocks(reading: Reading<'_>, at: usize) -> Option<Found> {
    let tokens = reading.tokens;
    let between = tokens.word(at) == "between";
    let lead = between || tokens.word(at) == "from";
    let start = at + usize::from(lead);
    let first = clock::at(tokens, start).or_else(|| lead.then(|| clock::bare(tokens, start))?)?;
    let connector = spans::connector(tokens, first.next, between)?;
    let last =
        clock::at(tokens, connector).or_else(|| lead.then(|| clock::bare(tokens, connector))?)?;
    let hours = |found: &Found| {
        matches!(
            found.when,
            When::Clock {
                hour_only: true,
                ..
            }
        )
    };
    let counted = crate::dates::words::counts_something(tokens, last.next.saturating_sub(1));
    (!(counted && hours(&last))).then_some(())?;
    let next = last.next;
    Some(Found {
        when: When::Clocks {
            first: Box::new(first.moment(tokens)),
            last: Box::new(last.moment(tokens)),
        },
        start: at,
        next,
    })
}
