//! What restrictions refuse.

use super::*;
use crate::{RestrictionKind, RestrictionScope};

fn restrict(
    house: &mut House,
    kind: RestrictionKind,
    scope: RestrictionScope,
    nights: NightRange,
    value: i32,
) {
    let mut calendar = WeekCalendar::default();
    calendar.edit(nights, |_| Some(value));
    house.parts.restrictions.push(Restrictions {
        kind,
        scope,
        calendar,
    });
}

fn everywhere(kind: RestrictionKind, nights: NightRange, value: i32) -> House {
    let mut house = House::open();
    restrict(&mut house, kind, RestrictionScope::default(), nights, value);
    house
}

/// Nothing when the stay is sold.
fn against(house: &House, from: u64, nights: u32) -> Vec<Reason> {
    match price_stay(&house.table(), &house.ask(house.standard(), from, nights)) {
        Ok(_) => Vec::new(),
        Err(Unpriced::Refused(reasons)) => reasons,
        Err(Unpriced::Money(error)) => panic!("{error}"),
    }
}

#[test]
fn a_closed_night_closes_every_stay_that_has_it() {
    let house = everywhere(RestrictionKind::Closed, range(10, 12), 1);
    assert_eq!(against(&house, 9, 3), [Reason::Closed { night: day(10) }]);
    assert_eq!(against(&house, 8, 2), []);
    assert_eq!(against(&house, 12, 2), []);
}

#[test]
fn arrival_and_departure_are_dates_not_nights() {
    let house = everywhere(RestrictionKind::ClosedToArrival, range(10, 11), 1);
    assert_eq!(
        against(&house, 10, 2),
        [Reason::ClosedToArrival { date: day(10) }]
    );
    assert_eq!(against(&house, 9, 2), []);
    let house = everywhere(RestrictionKind::ClosedToDeparture, range(10, 11), 1);
    assert_eq!(
        against(&house, 8, 2),
        [Reason::ClosedToDeparture { date: day(10) }]
    );
    assert_eq!(against(&house, 8, 3), []);
    assert_eq!(
        against(&house, 10, 1),
        [],
        "the night of that date may be slept"
    );
}

#[test]
fn lengths_go_by_the_arrival_or_by_every_night() {
    let house = everywhere(RestrictionKind::MinStayArrival, range(10, 11), 3);
    let short = Reason::MinimumStay {
        date: day(10),
        nights: 3,
        asked: 2,
    };
    assert_eq!(against(&house, 10, 2), [short]);
    assert_eq!(against(&house, 9, 2), []);
    assert_eq!(against(&house, 10, 3), []);
    let house = everywhere(RestrictionKind::MinStayThrough, range(10, 11), 3);
    let short = Reason::MinimumStayThrough {
        night: day(10),
        nights: 3,
        asked: 2,
    };
    assert_eq!(against(&house, 9, 2), [short]);
    assert_eq!(against(&house, 8, 2), []);
    let house = everywhere(RestrictionKind::MaxStayArrival, range(10, 11), 2);
    let long = Reason::MaximumStay {
        date: day(10),
        nights: 2,
        asked: 3,
    };
    assert_eq!(against(&house, 10, 3), [long]);
    assert_eq!(against(&house, 9, 3), []);
    let house = everywhere(RestrictionKind::MaxStayThrough, range(10, 11), 2);
    let long = Reason::MaximumStayThrough {
        night: day(10),
        nights: 2,
        asked: 3,
    };
    assert_eq!(against(&house, 9, 3), [long]);
    assert_eq!(against(&house, 11, 9), []);
}

#[test]
fn days_ahead_are_calendar_days() {
    let house = everywhere(RestrictionKind::MinAdvance, range(0, 100), 14);
    assert_eq!(
        against(&house, 13, 1),
        [Reason::BookedTooLate {
            days: 14,
            asked: 13
        }]
    );
    assert_eq!(against(&house, 14, 1), []);
    let house = everywhere(RestrictionKind::MaxAdvance, range(0, 100), 2);
    assert_eq!(
        against(&house, 3, 1),
        [Reason::BookedTooEarly { days: 2, asked: 3 }]
    );
    assert_eq!(against(&house, 2, 1), []);
}

#[test]
fn every_scope_counts_and_the_strictest_wins() {
    let mut house = House::open();
    let (standard, group) = (house.standard(), house.group);
    let kind = RestrictionKind::MinStayArrival;
    restrict(
        &mut house,
        kind,
        RestrictionScope::default(),
        range(0, 50),
        2,
    );
    restrict(
        &mut house,
        kind,
        RestrictionScope {
            unit_group: Some(group),
            rate_plan: None,
        },
        range(0, 50),
        4,
    );
    restrict(
        &mut house,
        kind,
        RestrictionScope {
            unit_group: None,
            rate_plan: Some(standard),
        },
        range(0, 50),
        3,
    );
    restrict(
        &mut house,
        kind,
        RestrictionScope {
            unit_group: Some(UnitGroupId::new()),
            rate_plan: None,
        },
        range(0, 50),
        9,
    );
    restrict(
        &mut house,
        kind,
        RestrictionScope {
            unit_group: None,
            rate_plan: Some(RatePlanId::new()),
        },
        range(0, 50),
        9,
    );
    assert_eq!(
        against(&house, 0, 1),
        [Reason::MinimumStay {
            date: day(0),
            nights: 4,
            asked: 1
        }]
    );
    assert_eq!(against(&house, 0, 4), []);
}

#[test]
fn a_derived_plan_inherits_what_it_does_not_say_itself() {
    let mut house = House::open();
    let standard = house.standard();
    let saver = house.derived("saver", standard, Change::percent(-1_000));
    let of = |plan| RestrictionScope {
        unit_group: None,
        rate_plan: Some(plan),
    };
    restrict(
        &mut house,
        RestrictionKind::Closed,
        of(standard),
        range(0, 9),
        1,
    );
    restrict(
        &mut house,
        RestrictionKind::MinStayArrival,
        of(standard),
        range(0, 9),
        5,
    );
    let reasons = |house: &House, plan| match price_stay(&house.table(), &house.ask(plan, 2, 2)) {
        Ok(_) => Vec::new(),
        Err(Unpriced::Refused(reasons)) => reasons,
        Err(error) => panic!("{error}"),
    };
    let inherited = [
        Reason::Closed { night: day(2) },
        Reason::MinimumStay {
            date: day(2),
            nights: 5,
            asked: 2,
        },
    ];
    assert_eq!(reasons(&house, saver), inherited);
    restrict(
        &mut house,
        RestrictionKind::Closed,
        of(saver),
        range(0, 9),
        0,
    );
    restrict(
        &mut house,
        RestrictionKind::MinStayArrival,
        of(saver),
        range(0, 9),
        3,
    );
    assert_eq!(
        reasons(&house, saver),
        [Reason::MinimumStay {
            date: day(2),
            nights: 3,
            asked: 2
        }]
    );
    assert_eq!(reasons(&house, standard), inherited);
}

#[test]
fn everything_in_the_way_is_told_at_once() {
    let mut house = House::open();
    for (kind, value) in [
        (RestrictionKind::Closed, 1),
        (RestrictionKind::ClosedToArrival, 1),
        (RestrictionKind::ClosedToDeparture, 1),
        (RestrictionKind::MinStayArrival, 3),
        (RestrictionKind::MinStayThrough, 4),
        (RestrictionKind::MaxStayArrival, 1),
        (RestrictionKind::MaxStayThrough, 1),
        (RestrictionKind::MinAdvance, 400),
        (RestrictionKind::MaxAdvance, 398),
    ] {
        restrict(
            &mut house,
            kind,
            RestrictionScope::default(),
            range(390, 405),
            value,
        );
    }
    let codes: Vec<_> = against(&house, 399, 2)
        .into_iter()
        .map(Reason::code)
        .collect();
    assert_eq!(
        codes,
        [
            "closed",
            "closed_to_arrival",
            "minimum_stay",
            "maximum_stay",
            "booked_too_late",
            "booked_too_early",
            "closed_to_departure",
            "minimum_stay_through",
            "maximum_stay_through",
            "no_rate",
        ]
    );
}
