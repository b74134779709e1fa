//! How the set of the hotel's front desk reads days: each by its own words. "From the 12th to the 17th", said on the 15th, ends there in this
//! month and begins in the next; and a day of the month that runs is of this year, also when it is over. The engine does neither, as
//! nobody leaves before they came, nor comes in the past.

use chrono::{Datelike, NaiveDate};
use motel_understanding::{Asked, Moment, When, moments};

/// The day a moment names, as the set says it.
pub(super) fn as_said(message: &str, moment: &Moment, asked: Asked) -> Option<NaiveDate> {
    let words = message.get(moment.span.clone())?;
    let alone = moments(words, asked)
        .into_iter()
        .find_map(|found| day(&found));
    let on = alone.or_else(|| day(moment))?;
    Some(of_the_running_month(words, on, asked.today))
}

fn day(moment: &Moment) -> Option<NaiveDate> {
    match moment.when {
        When::Day { on, .. } => Some(on),
        _ => None,
    }
}

/// The same day of this year, where it was taken for next year's only because it is over.
fn of_the_running_month(words: &str, on: NaiveDate, today: NaiveDate) -> NaiveDate {
    let names_a_year = words
        .split(|c: char| !c.is_ascii_digit())
        .any(|figures| figures.len() == 4);
    let is_next_year = on.month() == today.month() && on.year() == today.year() + 1;
    match is_next_year && !names_a_year {
        true => on.with_year(today.year()).unwrap_or(on),
        false => on,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use motel_understanding::DateOrder;

    use super::*;

    fn day_of(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn each_day_is_read_by_its_own_words() {
        let asked = Asked {
            today: day_of(2022, 3, 15),
            order: DateOrder::DayFirst,
            time: false,
            date: false,
        };
        let read = |message: &str| -> Vec<NaiveDate> {
            let found = moments(message, asked);
            let ends = found.iter().flat_map(|moment| match &moment.when {
                When::Between { first, last, .. } => vec![(**first).clone(), (**last).clone()],
                _ => vec![moment.clone()],
            });
            ends.filter_map(|end| as_said(message, &end, asked))
                .collect()
        };
        assert_eq!(
            read("the 12th to the 17th"),
            [day_of(2022, 4, 12), day_of(2022, 3, 17)]
        );
        assert_eq!(read("on March 3rd"), [day_of(2022, 3, 3)]);
        assert_eq!(read("on March 3rd 2023"), [day_of(2023, 3, 3)]);
        assert_eq!(read("on January 3rd"), [day_of(2023, 1, 3)]);
    }
}
