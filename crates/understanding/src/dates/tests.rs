#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use super::DateMention::{Arrival, Day, Departure, Stay, Window};
use super::*;

/// A Saturday.
const TODAY: &str = "2026-11-21";

fn d(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn read_with(text: &str, order: DateOrder, known: KnownStay) -> Found {
    let tokens = Tokens::of(text);
    let correcting = crate::answers::is_correction(&tokens);
    find(&tokens, d(TODAY), order, known, correcting)
}

fn read(text: &str) -> Found {
    read_with(text, DateOrder::MonthFirst, KnownStay::default())
}

fn check(cases: &[(&str, DateMention)]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter(|(text, expected)| {
            read(text)
                != Found {
                    mention: Some(*expected),
                    fault: None,
                }
        })
        .map(|(text, expected)| format!("{text}: {:?}, not {expected:?}", read(text)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn day(on: &str) -> DateMention {
    Day { on: d(on) }
}

fn stay(arrival: &str, departure: &str) -> DateMention {
    Stay {
        arrival: d(arrival),
        departure: d(departure),
    }
}

#[test]
fn single_days() {
    check(&[
        ("today", day("2026-11-21")),
        ("a room for tonight", day("2026-11-21")),
        ("tomorrow", day("2026-11-22")),
        ("tommorrow night", day("2026-11-22")),
        ("the day after tomorrow", day("2026-11-23")),
        ("on Friday", day("2026-11-27")),
        ("this friday", day("2026-11-27")),
        ("next Friday for two nights", day("2026-11-27")),
        ("Sunday", day("2026-11-22")),
        ("Saturday", day("2026-11-28")),
        ("next week on Tuesday", day("2026-11-24")),
        ("Tuesday next week", day("2026-11-24")),
        ("friday in a week", day("2026-12-04")),
        ("March 12", day("2027-03-12")),
        ("12 march", day("2027-03-12")),
        ("the 12th of March", day("2027-03-12")),
        ("march the twelfth", day("2027-03-12")),
        ("May twenty-nine", day("2027-05-29")),
        ("Dec. 24", day("2026-12-24")),
        ("December 24th, 2027", day("2027-12-24")),
        ("24 dec '27", day("2027-12-24")),
        ("Friday, December 4", day("2026-12-04")),
        ("Fri the 4th of december", day("2026-12-04")),
        ("Friday the 13th", day("2027-08-13")),
        ("the 25th", day("2026-11-25")),
        ("the 20th", day("2026-12-20")),
        ("on the third", day("2026-12-03")),
        ("the 5th of next month", day("2026-12-05")),
        ("3/12", day("2027-03-12")),
        ("12/24/2026", day("2026-12-24")),
        ("12/24/26", day("2026-12-24")),
        ("24.12.2026", day("2026-12-24")),
        ("2026-12-24", day("2026-12-24")),
        ("20261224", day("2026-12-24")),
        ("25/12", day("2026-12-25")),
        ("in two weeks", day("2026-12-05")),
        ("in 3 days", day("2026-11-24")),
        ("two weeks from tomorrow", day("2026-12-06")),
        ("a week from Friday", day("2026-12-04")),
        ("3 days after Christmas", day("2026-12-28")),
        ("Christmas", day("2026-12-25")),
        ("christmas eve", day("2026-12-24")),
        ("New Year's Eve", day("2026-12-31")),
        ("thanksgiving", day("2026-11-26")),
        ("easter", day("2027-03-28")),
        ("Memorial Day", day("2027-05-31")),
        ("4th of July", day("2027-07-04")),
        ("Feb 29", day("2028-02-29")),
        ("the first Friday of December", day("2026-12-04")),
        ("last monday in may", day("2027-05-31")),
        ("the second Saturday of next month", day("2026-12-12")),
        ("Dec 18, Fri", day("2026-12-18")),
    ]);
}

#[test]
fn ranges() {
    check(&[
        ("12 to 15 March", stay("2027-03-12", "2027-03-15")),
        ("from 12 to 15 of march", stay("2027-03-12", "2027-03-15")),
        ("March 12-15", stay("2027-03-12", "2027-03-15")),
        ("March 12 – 15, 2027", stay("2027-03-12", "2027-03-15")),
        ("3/12–3/15", stay("2027-03-12", "2027-03-15")),
        ("3/12 - 3/15", stay("2027-03-12", "2027-03-15")),
        (
            "from the 12th until the 15th",
            stay("2026-12-12", "2026-12-15"),
        ),
        ("1st to 12th", stay("2026-12-01", "2026-12-12")),
        (
            "from the 27th to the third of April",
            stay("2027-03-27", "2027-04-03"),
        ),
        ("Dec 30 to Jan 2", stay("2026-12-30", "2027-01-02")),
        ("Nov 28 - Dec 2", stay("2026-11-28", "2026-12-02")),
        ("friday to sunday", stay("2026-11-27", "2026-11-29")),
        ("tomorrow until Tuesday", stay("2026-11-22", "2026-11-24")),
        ("2026-12-12 to 2026-12-15", stay("2026-12-12", "2026-12-15")),
        ("12/12/2026 - 12/15/2026", stay("2026-12-12", "2026-12-15")),
        (
            "between the 3rd and the 5th of december",
            stay("2026-12-03", "2026-12-05"),
        ),
        ("Dec 12 through Dec 15", stay("2026-12-12", "2026-12-15")),
        (
            "Aug the 18th to August 26th",
            stay("2027-08-18", "2027-08-26"),
        ),
        (
            "checking in on the 4 April and check out the Wednesday",
            stay("2027-04-04", "2027-04-07"),
        ),
        (
            "leaving on the 12th, arriving on the 10th",
            stay("2026-12-10", "2026-12-12"),
        ),
        (
            "arrive December 10 and leave December 12",
            stay("2026-12-10", "2026-12-12"),
        ),
        (
            "october 18 until the 22nd",
            stay("2027-10-18", "2027-10-22"),
        ),
        ("Dec 12, Dec 15", stay("2026-12-12", "2026-12-15")),
        ("4th to 9 October 2027", stay("2027-10-04", "2027-10-09")),
        ("from now until tuesday", stay("2026-11-21", "2026-11-24")),
        ("this weekend", stay("2026-11-21", "2026-11-22")),
        ("next weekend", stay("2026-11-27", "2026-11-29")),
        (
            "the weekend of December 12",
            stay("2026-12-11", "2026-12-13"),
        ),
        ("Thanksgiving weekend", stay("2026-11-27", "2026-11-29")),
        ("labor day weekend", stay("2027-09-03", "2027-09-06")),
        (
            "from the 13th to the 15th, not the 12th",
            stay("2026-12-13", "2026-12-15"),
        ),
        (
            "12/12 to 12/15 for 2 people",
            stay("2026-12-12", "2026-12-15"),
        ),
    ]);
}

#[test]
fn roles_and_windows() {
    check(&[
        (
            "arriving on the 25th",
            Arrival {
                on: d("2026-11-25"),
            },
        ),
        (
            "check-in December 3",
            Arrival {
                on: d("2026-12-03"),
            },
        ),
        (
            "checking out on Tuesday",
            Departure {
                on: d("2026-11-24"),
            },
        ),
        (
            "until Friday",
            Departure {
                on: d("2026-11-27"),
            },
        ),
        (
            "sometime in March",
            Window {
                from: d("2027-03-01"),
                to: d("2027-04-01"),
            },
        ),
        (
            "next week",
            Window {
                from: d("2026-11-23"),
                to: d("2026-11-30"),
            },
        ),
        (
            "december",
            Window {
                from: d("2026-12-01"),
                to: d("2027-01-01"),
            },
        ),
        (
            "this month",
            Window {
                from: d("2026-11-21"),
                to: d("2026-12-01"),
            },
        ),
        ("not the 12th, the 14th", day("2026-12-14")),
        ("no, the 14th", day("2026-12-14")),
    ]);
}

#[test]
fn what_was_said_before_decides() {
    let december = KnownStay {
        arrival: Some(d("2027-03-12")),
        ..KnownStay::default()
    };
    let cases = [
        ("no, the 14th", day("2027-03-14")),
        (
            "leaving on the 15th",
            Departure {
                on: d("2027-03-15"),
            },
        ),
        (
            "checking out on sunday",
            Departure {
                on: d("2027-03-14"),
            },
        ),
    ];
    for (text, expected) in cases {
        let found = read_with(text, DateOrder::MonthFirst, december);
        assert_eq!(found.mention, Some(expected), "{text}");
    }
    let asked = KnownStay {
        asking_dates: true,
        ..KnownStay::default()
    };
    assert_eq!(
        read_with("25", DateOrder::MonthFirst, asked).mention,
        Some(day("2026-11-25"))
    );
    assert_eq!(read("25").mention, None);
}

#[test]
fn day_first_locales() {
    let found = read_with("3/12", DateOrder::DayFirst, KnownStay::default());
    assert_eq!(found.mention, Some(day("2026-12-03")));
}

#[test]
fn faults_are_reported() {
    for (text, fault) in [
        ("yesterday", DateFault::Past(d("2026-11-20"))),
        ("last Friday", DateFault::Past(d("2026-11-20"))),
        ("March 3, 2020", DateFault::Past(d("2020-03-03"))),
        (
            "from 2020-03-03 to 2020-03-05",
            DateFault::Past(d("2020-03-03")),
        ),
        ("February 30", DateFault::NoSuchDay),
        ("2/30", DateFault::NoSuchDay),
        ("from March 15 to March 12", DateFault::Reversed),
        ("12/15/2026 to 12/12/2026", DateFault::Reversed),
    ] {
        assert_eq!(read(text).fault, Some(fault), "{text}");
        assert_eq!(read(text).mention, None, "{text}");
    }
}

#[test]
fn no_date_is_invented() {
    for text in [
        "2 adults and 3 kids",
        "the second one",
        "the reception is open 24/7",
        "I may come",
        "we march on",
        "the sun is shining",
        "I sat down",
        "room 205",
        "for 2 nights",
        "$20 a night",
        "at 7 pm",
        "10:30",
        "first floor please",
        "1 adult",
        "50/50",
        "mondays are quiet",
        "this may or may not be right",
        "one may ask",
        "0.8/15",
        "8/1.5",
    ] {
        assert_eq!(read(text), Found::default(), "{text}");
    }
}
