use chrono::{NaiveDate, NaiveTime};
use motel_kernel::{Money, Party, StayDates};

/// `$4,273.92`: as people write it, thousands apart.
pub(crate) fn money(amount: Money) -> String {
    let plain = amount.to_string();
    let digits_end = plain.find('.').unwrap_or(plain.len());
    let (whole, cents) = plain.split_at(digits_end);
    let mut grouped = String::new();
    let digits = whole.chars().filter(char::is_ascii_digit).count();
    let mut left = digits;
    for c in whole.chars() {
        if c.is_ascii_digit() {
            if left < digits && left.is_multiple_of(3) && left > 0 {
                grouped.push(',');
            }
            left -= 1;
        }
        if c != ',' {
            grouped.push(c);
        }
    }
    grouped + cents
}

/// `Sun, Jan 10, 2027`.
pub(crate) fn day(date: NaiveDate) -> String {
    date.format("%a, %b %-d, %Y").to_string()
}

/// `Sun, Jan 10 to Tue, Jan 12, 2027 (2 nights)`.
pub(crate) fn stay(dates: StayDates) -> String {
    let nights = count(dates.night_count().into(), "night", "nights");
    let arrival = dates.arrival().format("%a, %b %-d");
    format!("{arrival} to {} ({nights})", day(dates.departure()))
}

/// `2 adults, 1 child and 1 pet`.
pub(crate) fn party(party: Party) -> String {
    let mut parts = vec![count(party.adults().into(), "adult", "adults")];
    if party.children() > 0 {
        parts.push(count(party.children().into(), "child", "children"));
    }
    if party.pets() > 0 {
        parts.push(count(party.pets().into(), "pet", "pets"));
    }
    joined(&parts)
}

/// `3 pm`, `11:30 am`.
pub(crate) fn time(time: NaiveTime) -> String {
    use chrono::Timelike;
    let format = if time.minute() == 0 {
        "%-I %P"
    } else {
        "%-I:%M %P"
    };
    time.format(format).to_string()
}

fn count(number: u64, one: &str, many: &str) -> String {
    let noun = if number == 1 { one } else { many };
    format!("{number} {noun}")
}

fn joined(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
    use motel_kernel::Currency;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn figures_as_people_write_them() {
        let usd = |minor| money(Money::new(minor, Currency::USD));
        assert_eq!(usd(26_880), "$268.80");
        assert_eq!(usd(427_392), "$4,273.92");
        assert_eq!(usd(123_456_789), "$1,234,567.89");
        assert_eq!(usd(-100_000), "-$1,000.00");
        assert_eq!(usd(0), "$0.00");
        let two =
            StayDates::new("2027-01-10".parse().unwrap(), "2027-01-12".parse().unwrap()).unwrap();
        assert_eq!(stay(two), "Sun, Jan 10 to Tue, Jan 12, 2027 (2 nights)");
        assert_eq!(
            party(Party::new(2, 1, 1).unwrap()),
            "2 adults, 1 child and 1 pet"
        );
        assert_eq!(time(NaiveTime::from_hms_opt(15, 0, 0).unwrap()), "3 pm");
    }

    proptest! {
        #[test]
        fn grouping_loses_no_digit(minor in any::<i64>()) {
            let amount = Money::new(minor, Currency::USD);
            prop_assert_eq!(money(amount).replace(',', ""), amount.to_string().replace(',', ""));
        }
    }
}
