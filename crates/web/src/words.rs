//! Dates, times and counts in the words pages use.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;
use motel_kernel::{Party, Phone, StayDates};

/// "Friday, March 12".
pub fn day(date: NaiveDate) -> String {
    date.format("%A, %B %-d").to_string()
}

/// "Fri, Mar 12".
pub fn short_day(date: NaiveDate) -> String {
    date.format("%a, %b %-d").to_string()
}

/// "Mar 12 – Mar 15".
pub fn range(stay: StayDates) -> String {
    let day = |date: NaiveDate| date.format("%b %-d").to_string();
    format!("{} – {}", day(stay.arrival()), day(stay.departure()))
}

/// "3:00 PM", kept on one line.
pub fn time(time: NaiveTime) -> String {
    time.format("%-I:%M\u{a0}%p").to_string()
}

/// "Mar 12, 3:00 PM" on the wall clock of a place.
pub fn moment(at: DateTime<Utc>, zone: Tz) -> String {
    let local = at.with_timezone(&zone);
    format!("{}, {}", local.format("%b %-d"), time(local.time()))
}

/// "1 night", "3 nights".
pub fn count(number: u32, one: &str) -> String {
    match number {
        1 => format!("1 {one}"),
        more => format!("{more} {one}s"),
    }
}

/// "2 adults, 1 child, 1 pet".
pub fn party(party: Party) -> String {
    let children = match party.children() {
        0 => None,
        1 => Some("1 child".to_owned()),
        more => Some(format!("{more} children")),
    };
    let pets = (party.pets() > 0).then(|| count(party.pets().into(), "pet"));
    let adults = count(party.adults().into(), "adult");
    [Some(adults), children, pets]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ")
}

/// "+1 518-555-0142"; numbers of other countries stay in E.164.
pub fn phone(number: &Phone) -> String {
    let text = number.as_str();
    let digits = text.strip_prefix("+1").filter(|digits| digits.len() == 10);
    let parts =
        digits.and_then(|digits| Some((digits.get(..3)?, digits.get(3..6)?, digits.get(6..)?)));
    match parts {
        Some((area, exchange, line)) => format!("+1 {area}-{exchange}-{line}"),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn dates_and_times_read_as_people_write_them() {
        let date = NaiveDate::from_ymd_opt(2027, 3, 12).unwrap();
        assert_eq!(day(date), "Friday, March 12");
        assert_eq!(short_day(date), "Fri, Mar 12");
        assert_eq!(
            range(StayDates::from_nights(date, 3).unwrap()),
            "Mar 12 – Mar 15"
        );
        assert_eq!(
            time(NaiveTime::from_hms_opt(15, 0, 0).unwrap()),
            "3:00\u{a0}PM"
        );
        let at = date.and_hms_opt(20, 5, 0).unwrap().and_utc();
        assert_eq!(
            moment(at, chrono_tz::America::New_York),
            "Mar 12, 3:05\u{a0}PM"
        );
    }

    #[test]
    fn parties_are_counted_in_the_right_number() {
        assert_eq!(party(Party::new(1, 1, 0).unwrap()), "1 adult, 1 child");
        assert_eq!(
            party(Party::new(2, 3, 2).unwrap()),
            "2 adults, 3 children, 2 pets"
        );
    }

    #[test]
    fn american_numbers_are_spaced() {
        let spaced = |text: &str| phone(&text.parse().unwrap());
        assert_eq!(spaced("+15185550142"), "+1 518-555-0142");
        assert_eq!(spaced("+442071838750"), "+442071838750");
    }
}
