//! Calendar arithmetic that knows nothing about words.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

/// No guest books further ahead; it also bounds every search below.
pub(crate) const HORIZON_YEARS: i32 = 8;

/// `days` later, or the same day at the very end of the calendar.
pub(crate) fn later(date: NaiveDate, days: u64) -> NaiveDate {
    date.checked_add_days(Days::new(days)).unwrap_or(date)
}

/// `days` earlier, or the same day at the very start of the calendar.
pub(crate) fn earlier(date: NaiveDate, days: u64) -> NaiveDate {
    date.checked_sub_days(Days::new(days)).unwrap_or(date)
}

/// `months` later, on the same day of the month or its last day.
pub(crate) fn months_later(date: NaiveDate, months: u32) -> NaiveDate {
    date.checked_add_months(Months::new(months)).unwrap_or(date)
}

/// The Monday of the week `date` lies in.
pub(crate) fn monday(date: NaiveDate) -> NaiveDate {
    earlier(date, date.weekday().num_days_from_monday().into())
}

/// The first `weekday` on or after `from`.
pub(crate) fn weekday_from(from: NaiveDate, weekday: Weekday) -> NaiveDate {
    let ahead = 7 + weekday.num_days_from_monday() - from.weekday().num_days_from_monday();
    later(from, u64::from(ahead % 7))
}

/// The `n`-th (1..=5) `weekday` of a month.
pub(crate) fn nth_weekday(year: i32, month: u32, weekday: Weekday, n: u8) -> Option<NaiveDate> {
    NaiveDate::from_weekday_of_month_opt(year, month, weekday, n)
}

/// The last `weekday` of a month.
pub(crate) fn last_weekday(year: i32, month: u32, weekday: Weekday) -> Option<NaiveDate> {
    nth_weekday(year, month, weekday, 5).or_else(|| nth_weekday(year, month, weekday, 4))
}

/// The first day of the month `date` lies in.
pub(crate) fn first_of_month(date: NaiveDate) -> NaiveDate {
    date.with_day(1).unwrap_or(date)
}

/// The first month/day on or after `from`; `None` when no year has it (30 February).
pub(crate) fn month_day_from(from: NaiveDate, month: u32, day: u32) -> Option<NaiveDate> {
    (from.year()..=from.year().saturating_add(HORIZON_YEARS))
        .filter_map(|year| NaiveDate::from_ymd_opt(year, month, day))
        .find(|date| *date >= from)
}

/// The first day numbered `day` on or after `from`; months without it are skipped.
pub(crate) fn day_of_month_from(from: NaiveDate, day: u32) -> Option<NaiveDate> {
    let first = first_of_month(from);
    (0..=12)
        .filter_map(|ahead| months_later(first, ahead).with_day(day))
        .find(|date| *date >= from)
}

/// The first date on or after `from` that is both `weekday` and the `day` of a month.
pub(crate) fn weekday_and_day_from(
    from: NaiveDate,
    weekday: Weekday,
    day: u32,
) -> Option<NaiveDate> {
    let first = first_of_month(from);
    (0..=36)
        .filter_map(|ahead| months_later(first, ahead).with_day(day))
        .find(|date| *date >= from && date.weekday() == weekday)
}

/// Easter Sunday by the Gregorian computus (Meeus, Jones and Butcher).
pub(crate) fn easter(year: i32) -> Option<NaiveDate> {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let day = (h + l - 7 * m + 33 * month + 19) % 32;
    NaiveDate::from_ymd_opt(year, u32::try_from(month).ok()?, u32::try_from(day).ok()?)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use super::*;

    fn d(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn easter_of_known_years() {
        for (year, date) in [
            (2018, "2018-04-01"),
            (2024, "2024-03-31"),
            (2027, "2027-03-28"),
            (2030, "2030-04-21"),
        ] {
            assert_eq!(easter(year), Some(d(date)));
        }
    }

    #[test]
    fn rolling_forward() {
        let today = d("2026-11-21");
        assert_eq!(month_day_from(today, 3, 12), Some(d("2027-03-12")));
        assert_eq!(month_day_from(today, 2, 29), Some(d("2028-02-29")));
        assert_eq!(month_day_from(today, 2, 30), None);
        assert_eq!(day_of_month_from(today, 20), Some(d("2026-12-20")));
        assert_eq!(
            day_of_month_from(d("2027-02-02"), 31),
            Some(d("2027-03-31"))
        );
        assert_eq!(weekday_from(today, Weekday::Sat), today);
        assert_eq!(
            weekday_and_day_from(today, Weekday::Fri, 13),
            Some(d("2027-08-13"))
        );
    }
}
