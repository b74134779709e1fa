//! Weeks, weekends, months, seasons, quarters and years, named or counted from today.

use chrono::{Datelike, NaiveDate, TimeDelta, Weekday};

use super::{Found, Grain, When};
use super::{numbered_week, parts};
use crate::dates::points::{self, Reading};
use crate::dates::{calendar, holidays, words};
use crate::tokens::Tokens;

/// A whole period and the token after it.
#[derive(Debug, Clone, Copy)]
struct Whole {
    from: NaiveDate,
    to: NaiveDate,
    grain: Grain,
    next: usize,
}

/// The period that begins at `at`, in whole or in part.
pub(super) fn at(reading: Reading<'_>, at: usize) -> Option<Found> {
    let tokens = reading.tokens;
    if let Some(found) = weekend(reading, at) {
        return Some(found);
    }
    let (part, base) = match parts::of_period(tokens, at) {
        Some((part, next)) => (Some(part), next),
        None => (None, at),
    };
    let whole = abbreviated(reading, at)
        .map(|(part, whole)| (Some(part), whole))
        .or_else(|| Some((part, named(reading, base, part.is_some())?)));
    let (part, whole) = whole?;
    Some(Found {
        when: When::Period {
            from: whole.from,
            to: whole.to,
            grain: whole.grain,
            part,
        },
        start: at,
        next: whole.next,
    })
}

/// "EOM", "BOY".
fn abbreviated(reading: Reading<'_>, at: usize) -> Option<(parts::Part, Whole)> {
    let at = at + usize::from(reading.tokens.word(at) == "the");
    let (part, grain) = match reading.tokens.word(at) {
        "eom" => (parts::Part::End, Grain::Month),
        "eoy" => (parts::Part::End, Grain::Year),
        "bom" => (parts::Part::Early, Grain::Month),
        "boy" if reading.tokens.before(at, 1) == "at" => (parts::Part::Early, Grain::Year),
        _ => return None,
    };
    Some((part, shifted(reading.today, grain, 0, at + 1)?))
}

fn named(reading: Reading<'_>, at: usize, in_part: bool) -> Option<Whole> {
    let start = at + usize::from(reading.tokens.word(at) == "the");
    counted(reading, start)
        .or_else(|| week_by_number(reading, start))
        .or_else(|| week_of(reading, start))
        .or_else(|| week_of_month(reading, start))
        .or_else(|| relative(reading, start, start > at || in_part))
        .or_else(|| month(reading, start, in_part))
        .or_else(|| quarter(reading, start))
        .or_else(|| season(reading, start))
        .or_else(|| year(reading.tokens, start, in_part))
}

/// Which of its kind: last, this or next.
fn which(tokens: &Tokens, at: usize) -> Option<i32> {
    match tokens.word(at) {
        "this" | "current" => Some(0),
        "next" | "coming" | "upcoming" | "following" => Some(1),
        "last" | "past" | "previous" => Some(-1),
        _ => None,
    }
}

fn unit(word: &str) -> Option<Grain> {
    match word {
        "week" | "weeks" | "workweek" => Some(Grain::Week),
        "month" | "months" => Some(Grain::Month),
        "quarter" | "quarters" => Some(Grain::Quarter),
        "year" | "years" => Some(Grain::Year),
        _ => None,
    }
}

/// "next week", "the following month", "the month", "this working week".
fn relative(reading: Reading<'_>, at: usize, definite: bool) -> Option<Whole> {
    let tokens = reading.tokens;
    if let Some(next) = tokens.phrase(at, "week after next") {
        return shifted(reading.today, Grain::Week, 2, next);
    }
    let steps = which(tokens, at);
    let mut name = at + usize::from(steps.is_some());
    while steps.is_some() && tokens.is(name, &["coming", "upcoming", "current", "calendar"]) {
        name += 1;
    }
    let workdays =
        tokens.is(name, &["working", "business", "work"]) && tokens.word(name + 1) == "week";
    name += usize::from(workdays);
    let grain = unit(tokens.word(name)).filter(|_| steps.is_some() || definite)?;
    let idle = steps.is_none()
        && (tokens.number(name + 1).is_some() || tokens.is(name + 1, &["before", "after"]));
    if idle || tokens.is(at.wrapping_sub(1), &["a", "per", "every", "each"]) {
        return None;
    }
    let whole = shifted(reading.today, grain, steps.unwrap_or(0), name + 1)?;
    Some(match workdays {
        true => Whole {
            to: calendar::later(whole.from, 5),
            ..whole
        },
        false => whole,
    })
}

fn shifted(today: NaiveDate, grain: Grain, steps: i32, next: usize) -> Option<Whole> {
    let (from, to) = match grain {
        Grain::Hour | Grain::Day => return None,
        Grain::Week => {
            let monday = calendar::monday(today) + TimeDelta::weeks(steps.into());
            (monday, calendar::later(monday, 7))
        }
        Grain::Month => months_around(calendar::first_of_month(today), steps, 1)?,
        Grain::Quarter => {
            let month = (today.month() - 1) / 3 * 3 + 1;
            let first = NaiveDate::from_ymd_opt(today.year(), month, 1)?;
            months_around(first, steps.saturating_mul(3), 3)?
        }
        Grain::Year => whole_year(today.year().checked_add(steps)?)?,
    };
    Some(Whole {
        from,
        to,
        grain,
        next,
    })
}

fn months_around(first: NaiveDate, steps: i32, length: u32) -> Option<(NaiveDate, NaiveDate)> {
    let months = chrono::Months::new(steps.unsigned_abs());
    let from = match steps < 0 {
        true => first.checked_sub_months(months)?,
        false => first.checked_add_months(months)?,
    };
    Some((from, calendar::months_later(from, length)))
}

fn week_by_number(reading: Reading<'_>, at: usize) -> Option<Whole> {
    let (from, to, next) = numbered_week::at(reading, at)?;
    Some(Whole {
        from,
        to,
        grain: Grain::Week,
        next,
    })
}

fn whole_year(year: i32) -> Option<(NaiveDate, NaiveDate)> {
    let from = NaiveDate::from_ymd_opt(year, 1, 1)?;
    Some((from, NaiveDate::from_ymd_opt(year.checked_add(1)?, 1, 1)?))
}

/// "the next two days", "past three weeks", "2 upcoming weeks".
fn counted(reading: Reading<'_>, at: usize) -> Option<Whole> {
    let Reading { tokens, today, .. } = reading;
    let number = |index: usize| match tokens.word(index) {
        "few" | "several" => Some(3),
        "couple" => Some(2),
        _ => tokens
            .number(index)
            .filter(|(count, ordinal)| !ordinal && *count <= 1_000)
            .map(|(count, _)| count),
    };
    let (steps, count, name) = match (which(tokens, at), number(at)) {
        (Some(steps), _) => {
            let of = usize::from(tokens.word(at + 2) == "of");
            (steps, number(at + 1)?, at + 2 + of)
        }
        (None, Some(count)) => (which(tokens, at + 1)?, count, at + 2),
        (None, None) => return None,
    };
    let (ahead, behind) = match tokens.word(name) {
        "day" | "days" | "nights" => (TimeDelta::days(count.into()), Grain::Day),
        "week" | "weeks" => (TimeDelta::weeks(count.into()), Grain::Week),
        "month" | "months" => (TimeDelta::zero(), Grain::Month),
        "year" | "years" => (TimeDelta::zero(), Grain::Year),
        "quarter" | "quarters" => (TimeDelta::zero(), Grain::Quarter),
        _ => return None,
    };
    let months = if behind == Grain::Year {
        count.checked_mul(12)?
    } else {
        count
    };
    let tomorrow = calendar::later(today, 1);
    let (from, to) = match (steps, behind) {
        (0, _) => return None,
        (steps, Grain::Quarter) => return quarters(today, steps, count, name + 1),
        (1, Grain::Month | Grain::Year) => (tomorrow, calendar::months_later(tomorrow, months)),
        (1, _) => (tomorrow, tomorrow.checked_add_signed(ahead)?),
        (_, Grain::Month | Grain::Year) => (
            today.checked_sub_months(chrono::Months::new(months))?,
            today,
        ),
        _ => (today.checked_sub_signed(ahead)?, today),
    };
    Some(Whole {
        from,
        to,
        grain: Grain::Day,
        next: name + 1,
    })
}

/// "the last two quarters": whole ones.
fn quarters(today: NaiveDate, steps: i32, count: u32, next: usize) -> Option<Whole> {
    let this = shifted(today, Grain::Quarter, 0, next)?;
    let months = chrono::Months::new(count.checked_mul(3)?);
    let (from, to) = match steps > 0 {
        true => (this.to, this.to.checked_add_months(months)?),
        false => (this.from.checked_sub_months(months)?, this.from),
    };
    Some(Whole { from, to, ..this })
}

/// "the week of the 12th", "the week beginning 4 February", "week starting Monday".
fn week_of(reading: Reading<'_>, at: usize) -> Option<Whole> {
    let tokens = reading.tokens;
    let leads = tokens.word(at) == "week"
        && tokens.is(at + 1, &["of", "beginning", "starting", "commencing"]);
    let from = at + 2 + usize::from(tokens.word(at + 2) == "on");
    let (point, next) = leads.then(|| points::at(reading, from))??;
    let monday = calendar::monday(point.on_or_after(reading.today)?);
    Some(Whole {
        from: monday,
        to: calendar::later(monday, 7),
        grain: Grain::Week,
        next,
    })
}

/// "the first week of October", "last week of 2027".
fn week_of_month(reading: Reading<'_>, at: usize) -> Option<Whole> {
    let tokens = reading.tokens;
    let place = match (tokens.word(at), tokens.number(at)) {
        ("last", _) => None,
        (_, Some((place @ 1..=5, true))) => Some(place),
        _ => return None,
    };
    let weeks = tokens.word(at + 1) == "week" && tokens.is(at + 2, &["of", "in"]);
    let month_at = at + 3 + usize::from(tokens.word(at + 3) == "the");
    let whole = weeks.then(|| {
        month(reading, month_at, true)
            .or_else(|| year(tokens, month_at, true))
            .or_else(|| relative(reading, month_at, true))
    })??;
    let first = match place {
        Some(place) => {
            let thursday = calendar::weekday_from(whole.from, Weekday::Thu);
            calendar::later(calendar::monday(thursday), u64::from(place - 1) * 7)
        }
        None => {
            let thursday = calendar::weekday_from(calendar::earlier(whole.to, 7), Weekday::Thu);
            calendar::monday(thursday)
        }
    };
    Some(Whole {
        from: first,
        to: calendar::later(first, 7),
        grain: Grain::Week,
        next: whole.next,
    })
}

/// "March", "next March", "March 2027", "March next year".
fn month(reading: Reading<'_>, at: usize, in_part: bool) -> Option<Whole> {
    let Reading { tokens, today, .. } = reading;
    let steps = which(tokens, at);
    let name = at + usize::from(steps.is_some());
    let (number, next) = words::month(tokens, name)?;
    let apart = next + usize::from(tokens.is(next, &[",", "of", "-", "in"]));
    let said = words::year(tokens, next)
        .or_else(|| words::year(tokens, apart))
        .or_else(|| year_from_now(tokens, apart, today.year()));
    let verb =
        steps == Some(0) && tokens.is(next, &["or", "not", "be", "have", "seem", "look", "help"]);
    let plain = said.is_none() && (steps.is_none() || verb) && !in_part;
    let day_at = (next..next + 3)
        .find(|at| !tokens.is(*at, &["the", ",", "-", "/"]))
        .unwrap_or(next);
    let a_day_follows = tokens.number(day_at).is_some_and(|(day, ordinal)| {
        points::is_day(day) && (ordinal || !words::counts_something(tokens, day_at))
    });
    if a_day_follows && said.is_none() || plain && perhaps_no_month(tokens, name) {
        return None;
    }
    let first = match (said, steps) {
        (Some((year, _)), _) => NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, number, 1)?,
        (None, Some(-1)) => {
            let year = today.year() - i32::from(number >= today.month());
            NaiveDate::from_ymd_opt(year, number, 1)?
        }
        (None, Some(1)) if number == today.month() => {
            NaiveDate::from_ymd_opt(today.year() + 1, number, 1)?
        }
        (None, _) => calendar::month_day_from(calendar::first_of_month(today), number, 1)?,
    };
    Some(Whole {
        from: first,
        to: calendar::months_later(first, 1),
        grain: Grain::Month,
        next: said.map_or(next, |(_, after)| after),
    })
}

/// "next year", "this year", "last year" behind a month or a holiday.
fn year_from_now(tokens: &Tokens, at: usize, this: i32) -> Option<(u32, usize)> {
    let steps = which(tokens, at).filter(|_| tokens.word(at + 1) == "year")?;
    Some((u32::try_from(this + steps).ok()?, at + 2))
}

/// "may" and "march" are verbs and "April" is a name, unless something says otherwise.
fn perhaps_no_month(tokens: &Tokens, at: usize) -> bool {
    const LEADS: &[&str] = &[
        "in", "during", "of", "until", "till", "from", "since", "early", "mid", "late", "around",
        "sometime", "for", "through", "before", "after", "to", "-", "the", "about",
    ];
    let before = tokens.before(at, 1);
    let name = matches!(
        before,
        "is" | "name" | "i'm" | "this" | "am" | "under" | "$"
    );
    match tokens.word(at) {
        "may" | "march" | "mar" => tokens.len() > 2 && !LEADS.contains(&before),
        _ => name,
    }
}

/// "the first quarter of 2027", "Q3", "Q1 - 2027".
fn quarter(reading: Reading<'_>, at: usize) -> Option<Whole> {
    let Reading { tokens, today, .. } = reading;
    let (number, next) = match tokens.word(at) {
        "q" if tokens.joined(at) => (tokens.number(at + 1)?.0, at + 2),
        _ => {
            let (number, ordinal) = tokens.number(at)?;
            (ordinal && tokens.word(at + 1) == "quarter").then_some((number, at + 2))?
        }
    };
    let apart = next + usize::from(tokens.is(next, &["of", "-", ",", "in"]));
    let said = words::year(tokens, apart).or_else(|| year_from_now(tokens, apart, today.year()));
    let year = said.map_or(Some(today.year()), |(year, _)| i32::try_from(year).ok())?;
    let month = (1..=4).contains(&number).then(|| number * 3 - 2)?;
    let (from, to) = months_around(NaiveDate::from_ymd_opt(year, month, 1)?, 0, 3)?;
    Some(Whole {
        from,
        to,
        grain: Grain::Quarter,
        next: said.map_or(next, |(_, after)| after),
    })
}

/// "this summer", "last winter", "summer 2027".
fn season(reading: Reading<'_>, at: usize) -> Option<Whole> {
    let Reading { tokens, today, .. } = reading;
    let steps = which(tokens, at);
    let name = at + usize::from(steps.is_some());
    let (begin, end) = match tokens.word(name) {
        "spring" => ((3, 20), (6, 21)),
        "summer" => ((6, 21), (9, 24)),
        "autumn" | "fall" => ((9, 23), (12, 22)),
        "winter" => ((12, 21), (3, 21)),
        _ => return None,
    };
    let apart = name + 1 + usize::from(tokens.is(name + 1, &["of", "in"]));
    let said = words::year(tokens, apart).or_else(|| year_from_now(tokens, apart, today.year()));
    let led = tokens.is(
        at.wrapping_sub(1),
        &["in", "during", "the", "over", "of", "all"],
    );
    (steps.is_some() || said.is_some() || led).then_some(())?;
    let in_year = |year: i32| {
        let over = i32::from(end < begin);
        let from = NaiveDate::from_ymd_opt(year, begin.0, begin.1)?;
        Some((from, NaiveDate::from_ymd_opt(year + over, end.0, end.1)?))
    };
    let (from, to) = match said {
        Some((year, _)) => in_year(i32::try_from(year).ok()?)?,
        None => {
            let years = (today.year() - 2)..=(today.year() + 2);
            let mut all = years.filter_map(in_year);
            match steps.unwrap_or(0) {
                -1 => all.rfind(|(_, to)| *to <= today)?,
                1 => all.find(|(from, _)| *from > today)?,
                _ => all.find(|(_, to)| *to > today)?,
            }
        }
    };
    Some(Whole {
        from,
        to,
        grain: Grain::Quarter,
        next: said.map_or(name + 1, |(_, after)| after),
    })
}

/// "2027", after a word that makes it a year, or alone.
fn year(tokens: &Tokens, at: usize, in_part: bool) -> Option<Whole> {
    const LEADS: &[&str] = &[
        "in", "of", "during", "since", "from", "before", "after", "until", "till", "to", "between",
        "year", "than", "or", "and", "for", "by",
    ];
    let name = at + usize::from(tokens.word(at) == "year");
    let (year, next) = words::year(tokens, name)?;
    let led = in_part || name > at || LEADS.contains(&tokens.before(at, 1)) || tokens.len() == 1;
    let spelled_amount = tokens.is_spelled(name) && next == name + 1;
    let code =
        tokens.joined(name.wrapping_sub(1)) && tokens.is(name.wrapping_sub(1), &["-", "/", "."]);
    let goes_on = tokens.joined(next - 1)
        && tokens.is(next, &["/", ".", "-", ":"])
        && tokens.number(next + 1).is_some();
    if !led
        || spelled_amount && !in_part
        || code
        || goes_on
        || tokens.is(next, &["%", "$", "pieces"])
    {
        return None;
    }
    let (from, to) = whole_year(i32::try_from(year).ok()?)?;
    Some(Whole {
        from,
        to,
        grain: Grain::Year,
        next,
    })
}

/// "the weekend", "next weekend", "the weekend of the 12th", "Labor Day weekend".
fn weekend(reading: Reading<'_>, at: usize) -> Option<Found> {
    let Reading { tokens, today, .. } = reading;
    let start = at + usize::from(tokens.word(at) == "the");
    let steps = which(tokens, start);
    let mut name = start + usize::from(steps.is_some());
    name += usize::from(tokens.is(name, &["coming", "upcoming"]));
    let when = |saturday: NaiveDate, long: bool, next: usize| {
        Some(Found {
            when: When::Weekend { saturday, long },
            start,
            next,
        })
    };
    if let Some((holiday, after)) =
        holidays::at(tokens, name).filter(|(_, after)| tokens.word(*after) == "weekend")
    {
        let said = words::year(tokens, after + 1);
        let day = match said.and_then(|(year, _)| i32::try_from(year).ok()) {
            Some(year) => holiday.in_year(year)?,
            None => [today.year(), today.year() + 1]
                .into_iter()
                .filter_map(|year| holiday.in_year(year))
                .find(|day| *day >= today)?,
        };
        return when(
            saturday_around(day),
            day.weekday() == Weekday::Mon,
            said.map_or(after + 1, |(_, next)| next),
        );
    }
    if !tokens.is(name, &["weekend", "wknd"]) || tokens.count(name.wrapping_sub(1)).is_some() {
        return None;
    }
    if tokens.is(name + 1, &["of", "beginning", "starting"])
        && let Some((point, next)) = points::at(reading, name + 2)
    {
        return when(saturday_around(point.on_or_after(today)?), false, next);
    }
    let this = calendar::weekday_from(calendar::monday(today), Weekday::Sat);
    let saturday = this + TimeDelta::weeks(i64::from(steps.unwrap_or(0)));
    when(saturday, false, name + 1)
}

/// The Saturday of the weekend on or beside `day`.
fn saturday_around(day: NaiveDate) -> NaiveDate {
    match day.weekday() {
        Weekday::Mon => calendar::earlier(day, 2),
        Weekday::Sun => calendar::earlier(day, 1),
        _ => calendar::weekday_from(day, Weekday::Sat),
    }
}
