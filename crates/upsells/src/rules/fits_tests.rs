#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use chrono::{NaiveDate, Weekday};
use motel_kernel::{Party, PropertyId, StayDates};
use motel_rates::{DateWindow, Weekdays};
use proptest::prelude::*;

use super::*;
use crate::{RuleDetails, RuleId, Span, Words};

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 12, day).unwrap()
}

/// Two nights from Friday, December 4, for two adults and a child in a queen; today is the first.
fn facts() -> Facts<'static> {
    Facts {
        trigger: Trigger::ReadBack,
        topic: None,
        wanted: Wanted {
            stay: StayDates::from_nights(day(4), 2).unwrap(),
            party: Party::new(2, 1, 0).unwrap(),
            room_type: "queen",
        },
        package: None,
        seasons: &[],
        channel: Channel::Web,
        today: day(1),
        calm: true,
    }
}

fn rule(position: i32) -> Rule {
    Rule {
        id: RuleId::new(),
        property_id: PropertyId::new(),
        position,
        details: RuleDetails {
            name: "Breakfast".to_owned(),
            enabled: true,
            trigger: Trigger::ReadBack,
            topic: None,
            conditions: Conditions::default(),
            days: DateWindow::default(),
            offered: Offered::Package("breakfast".to_owned()),
            words: Words::parse("{offer} for {price}?").unwrap(),
        },
        version: 1,
    }
}

fn with(change: impl FnOnce(&mut RuleDetails)) -> Rule {
    let mut rule = rule(0);
    change(&mut rule.details);
    rule
}

fn fits_now(rule: Rule, facts: &Facts<'_>) -> bool {
    fitting(&[rule], facts, &Past::default()).next().is_some()
}

#[test]
fn a_rule_without_conditions_fits_at_its_moment_only() {
    assert!(fits_now(rule(0), &facts()));
    for trigger in Trigger::ALL
        .iter()
        .copied()
        .filter(|it| *it != Trigger::ReadBack)
    {
        assert!(
            !fits_now(rule(0), &Facts { trigger, ..facts() }),
            "{trigger}"
        );
    }
    assert!(!fits_now(with(|it| it.enabled = false), &facts()));
}

#[test]
fn each_condition_lets_through_and_holds_back() {
    let span = |from, to| Span {
        from: Some(from),
        to: Some(to),
    };
    let days = |days: &[Weekday]| Weekdays::of(days.iter().copied());
    type Change = fn(&mut Conditions, Span, Option<Weekdays>);
    let cases: [(&str, Span, Span, Change); 3] = [
        ("nights", span(2, 3), span(3, 9), |it, span, _| {
            it.nights = span
        }),
        ("ahead", span(3, 3), span(4, 30), |it, span, _| {
            it.days_ahead = span
        }),
        ("adults", span(1, 2), span(3, 4), |it, span, _| {
            it.adults = span
        }),
    ];
    for (name, good, bad, change) in cases {
        assert!(
            fits_now(with(|it| change(&mut it.conditions, good, None)), &facts()),
            "{name}"
        );
        assert!(
            !fits_now(with(|it| change(&mut it.conditions, bad, None)), &facts()),
            "{name}"
        );
    }
    let arrives = |list: &[Weekday]| {
        let set = days(list);
        fits_now(with(|it| it.conditions.weekdays = set), &facts())
    };
    assert!(arrives(&[Weekday::Fri]) && !arrives(&[Weekday::Sat, Weekday::Sun]));
    let children = |wanted| fits_now(with(|it| it.conditions.children = Some(wanted)), &facts());
    assert!(children(true) && !children(false));
    let pets = |wanted| fits_now(with(|it| it.conditions.pets = Some(wanted)), &facts());
    assert!(pets(false) && !pets(true));
    let room = |code: &str| {
        fits_now(
            with(|it| it.conditions.room_types = vec![code.to_owned()]),
            &facts(),
        )
    };
    assert!(room("queen") && !room("king"));
    let channel = |channel| fits_now(with(|it| it.conditions.channels = vec![channel]), &facts());
    assert!(channel(Channel::Web) && !channel(Channel::Phone));
    let winter = || with(|it| it.conditions.season = Some("winter".to_owned()));
    assert!(!fits_now(winter(), &facts()));
    assert!(fits_now(
        winter(),
        &Facts {
            seasons: &["winter".to_owned()],
            ..facts()
        }
    ));
}

#[test]
fn dates_topics_and_what_is_there_already_count() {
    let window = |from, until| DateWindow {
        from: Some(from),
        until: Some(until),
    };
    assert!(fits_now(
        with(|it| it.days = window(day(1), day(2))),
        &facts()
    ));
    assert!(!fits_now(
        with(|it| it.days = window(day(2), day(9))),
        &facts()
    ));
    let asked = |topic| Facts {
        trigger: Trigger::AskedAbout,
        topic,
        ..facts()
    };
    let about = || {
        with(|it| {
            it.trigger = Trigger::AskedAbout;
            it.topic = Some(PolicyTopic::Breakfast);
        })
    };
    assert!(fits_now(about(), &asked(Some(PolicyTopic::Breakfast))));
    assert!(!fits_now(about(), &asked(Some(PolicyTopic::Parking))));
    assert!(!fits_now(about(), &asked(None)));
    assert!(!fits_now(
        rule(0),
        &Facts {
            package: Some("wine"),
            ..facts()
        }
    ));
    assert!(!fits_now(
        with(|it| it.offered = Offered::Room("queen".to_owned())),
        &facts()
    ));
    assert!(fits_now(
        with(|it| it.offered = Offered::Room("king".to_owned())),
        &facts()
    ));
}

#[test]
fn the_first_in_order_comes_first_and_none_twice_nor_after_a_no_nor_in_anger() {
    let rules = [rule(5), rule(1), rule(3)];
    let order: Vec<RuleId> = fitting(&rules, &facts(), &Past::default())
        .map(|it| it.id)
        .collect();
    assert_eq!(order, [rules[1].id, rules[2].id, rules[0].id]);
    let past = Past {
        shown: vec![rules[1].id],
        refused: false,
    };
    assert_eq!(
        fitting(&rules, &facts(), &past).next().unwrap().id,
        rules[2].id
    );
    let refused = Past {
        refused: true,
        ..Past::default()
    };
    assert!(fitting(&rules, &facts(), &refused).next().is_none());
    assert!(
        fitting(
            &rules,
            &Facts {
                calm: false,
                ..facts()
            },
            &Past::default()
        )
        .next()
        .is_none()
    );
}

proptest! {
    #[test]
    fn whatever_was_shown_is_not_found_again(positions in prop::collection::vec(0..9, 1..9), shown in prop::collection::vec(any::<bool>(), 9)) {
        let rules: Vec<Rule> = positions.into_iter().map(rule).collect();
        let seen: Vec<RuleId> = rules.iter().zip(&shown).filter(|(_, seen)| **seen).map(|(rule, _)| rule.id).collect();
        let past = Past { shown: seen.clone(), refused: false };
        let found: Vec<&Rule> = fitting(&rules, &facts(), &past).collect();
        prop_assert_eq!(found.len() + seen.len(), rules.len());
        prop_assert!(found.iter().all(|rule| !seen.contains(&rule.id)));
        prop_assert!(found.windows(2).all(|pair| pair[0].position <= pair[1].position));
    }
}
