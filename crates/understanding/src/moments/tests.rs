#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
use super::*;

fn asked() -> Asked {
    Asked {
        today: "2026-11-22".parse().unwrap(),
        order: DateOrder::MonthFirst,
        time: false,
        date: false,
    }
}

/// One moment in short: its words and its value.
fn short(text: &str, moment: &Moment) -> String {
    let said = &text[moment.span.clone()];
    let value = match &moment.when {
        When::Day { on, .. } => on.to_string(),
        When::Weekend { saturday, .. } => format!("weekend of {saturday}"),
        When::Period { from, to, part, .. } => format!(
            "{from}..{to}{}",
            part.map_or(String::new(), |p| format!(" {p:?}"))
        ),
        When::Between { from, to, .. } => format!("{from}->{to}"),
        When::Since(m) => format!("since {}", short(text, m)),
        When::After(m) => format!("after {}", short(text, m)),
        When::Until(m) => format!("until {}", short(text, m)),
        When::Length { seconds, .. } => format!("{}h", seconds / 3_600),
        When::In { seconds } => format!("in {}min", seconds / 60),
        When::Clock { at, .. } => at.format("%H:%M").to_string(),
        When::Clocks { first, last } => format!("{} - {}", short(text, first), short(text, last)),
        When::PartOfDay(part) => format!("{part:?}"),
    };
    format!("{said} = {value}")
}

fn read(text: &str) -> Vec<String> {
    moments(text, asked())
        .iter()
        .map(|moment| short(text, moment))
        .collect()
}

/// Reads each text on 2026-11-22, a Sunday.
fn expect(cases: &[(&str, &[&str])]) {
    for (text, expected) in cases {
        assert_eq!(read(text), *expected, "{text}");
    }
}

#[test]
fn single_days() {
    expect(&[
        (
            "we get there on the 3rd of December",
            &["3rd of December = 2026-12-03"],
        ),
        (
            "two days before Christmas",
            &["two days before Christmas = 2026-12-23"],
        ),
        (
            "three weeks ago we asked",
            &["three weeks ago = 2026-11-01"],
        ),
        (
            "October the 9th, 2027",
            &["October the 9th, 2027 = 2027-10-09"],
        ),
        ("on 2027/Feb/11", &["2027/Feb/11 = 2027-02-11"]),
        ("Easter of last year", &["Easter of last year = 2025-04-20"]),
        ("black friday", &["black friday = 2026-11-27"]),
        (
            "the Thursday of last week",
            &["Thursday of last week = 2026-11-12"],
        ),
        (
            "the twelfth of may nineteen ninety nine",
            &["twelfth of may nineteen ninety nine = 1999-05-12"],
        ),
    ]);
}

#[test]
fn periods() {
    expect(&[
        (
            "anything next week?",
            &["next week = 2026-11-23..2026-11-30"],
        ),
        (
            "early next month",
            &["early next month = 2026-12-01..2027-01-01 Early"],
        ),
        (
            "mid-January works",
            &["mid-January = 2027-01-01..2027-02-01 Middle"],
        ),
        (
            "at the end of June 2027",
            &["at the end of June 2027 = 2027-06-01..2027-07-01 End"],
        ),
        ("this weekend", &["this weekend = weekend of 2026-11-21"]),
        (
            "memorial day weekend",
            &["memorial day weekend = weekend of 2027-05-29"],
        ),
        (
            "the next ten days",
            &["the next ten days = 2026-11-23..2026-12-03"],
        ),
        (
            "the first week of May",
            &["the first week of May = 2027-05-03..2027-05-10"],
        ),
        (
            "from April to June",
            &["from April to June = 2027-04-01->2027-06-01"],
        ),
        (
            "since March",
            &["since March = since March = 2027-03-01..2027-04-01"],
        ),
        (
            "the last two quarters",
            &["the last two quarters = 2026-04-01..2026-10-01"],
        ),
        (
            "from November to February 2024",
            &["from November to February 2024 = 2023-11-01->2024-02-01"],
        ),
    ]);
}

#[test]
fn times_and_lengths() {
    expect(&[
        ("a week and a half", &["a week and a half = 252h"]),
        ("dinner at half past seven", &["half past seven = 07:30"]),
        ("at 8 in the evening", &["8 in the evening = 20:00"]),
        ("at 1845 tonight", &["1845 = 18:45", "tonight = 2026-11-22"]),
        (
            "between 4 and 6 pm",
            &["between 4 and 6 pm = 4 = 04:00 - 6 pm = 18:00"],
        ),
        ("a table at 7 p.m. for 4", &["7 p.m. = 19:00"]),
        ("in half an hour", &["in half an hour = in 30min"]),
        (
            "tomorrow morning",
            &["tomorrow = 2026-11-23", "morning = Morning"],
        ),
    ]);
}

#[test]
fn words_that_only_look_like_moments() {
    expect(&[
        ("could we come in a month's time", &[]),
        ("we may march in", &[]),
        ("this may be hard", &[]),
        ("good morning to you", &[]),
        ("it costs $90 a night", &[]),
        ("room 2027 please", &[]),
        ("my son is a 3 year old", &[]),
    ]);
}

#[test]
fn a_bare_number_is_what_was_asked_for() {
    let clock = moments(
        "7",
        Asked {
            time: true,
            ..asked()
        },
    );
    assert!(matches!(clock[0].when, When::Clock { .. }), "{clock:?}");
    let day = moments(
        "just the 7",
        Asked {
            date: true,
            ..asked()
        },
    );
    assert!(matches!(day[0].when, When::Day { .. }), "{day:?}");
    assert!(moments("7", asked()).is_empty());
}
