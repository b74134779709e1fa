#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use chrono::Duration;
use motel_kernel::{
    BookingId, Currency, Money, Party, PropertyId, ReservationId, StayDates, UnitGroupId, UnitId,
};
use motel_rates::StayPrice;
use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::Terms;

const ALL: &[ReservationStatus] = ReservationStatus::ALL;

fn day(offset: i64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 12, 10).unwrap() + Duration::days(offset)
}

fn noon() -> DateTime<Utc> {
    "2026-12-10T17:00:00Z".parse().unwrap()
}

fn stay(status: ReservationStatus, arrival: i64, nights: u32) -> Reservation {
    let nothing = Money::zero(Currency::USD);
    Reservation {
        id: ReservationId::new(),
        booking: BookingId::new(),
        property: PropertyId::new(),
        ordinal: 1,
        unit_group: UnitGroupId::new(),
        unit: Some(UnitId::new()),
        pinned: false,
        dates: StayDates::from_nights(day(arrival), nights).unwrap(),
        party: Party::new(2, 0, 0).unwrap(),
        child_ages: Vec::new(),
        status,
        rate_plan: "standard".to_owned(),
        promo: None,
        price: StayPrice {
            nights: Vec::new(),
            fees: Vec::new(),
            taxes: Vec::new(),
            promo: None,
            package: None,
            pet_fee: nothing,
            subtotal: nothing,
            tax: nothing,
            included_tax: nothing,
            total: nothing,
        },
        terms: Terms {
            check_in: chrono::NaiveTime::MIN,
            check_out: chrono::NaiveTime::MIN,
            cancellation: Vec::new(),
            no_show_fee: nothing,
        },
        hold_expires_at: Some(noon() + Duration::minutes(15)),
        checked_in_at: None,
        checked_out_at: None,
        cancellation: None,
        created_at: noon(),
        updated_at: noon(),
        version: 1,
    }
}

fn at(unit: UnitState, last: ReservationEventKind, ago: i64) -> Circumstances {
    Circumstances {
        now: noon(),
        business_date: day(0),
        last: Some(LastEvent {
            kind: last,
            business_date: day(-ago),
        }),
        unit,
    }
}

fn usual() -> Circumstances {
    at(UnitState::Ready, ReservationEventKind::Booked, 1)
}

#[test]
fn a_guest_is_let_in_from_the_day_of_arrival_into_a_free_and_clean_unit() {
    let check_in = |arrival, nights, unit| {
        let at = at(unit, ReservationEventKind::Booked, 1);
        let stay = stay(ReservationStatus::Confirmed, arrival, nights);
        check(ReservationAction::CheckIn, &stay, &at)
    };
    assert_eq!(check_in(0, 1, UnitState::Ready), Ok(()));
    assert_eq!(check_in(-1, 2, UnitState::Ready), Ok(()));
    assert_eq!(
        check_in(1, 1, UnitState::Ready),
        Err(Obstacle::BeforeArrival(day(1)))
    );
    assert_eq!(
        check_in(-2, 2, UnitState::Ready),
        Err(Obstacle::Over(day(0)))
    );
    for (unit, obstacle) in [
        (UnitState::Unassigned, Obstacle::NoUnit),
        (UnitState::Occupied, Obstacle::Occupied),
        (UnitState::NotReady, Obstacle::NotReady),
    ] {
        assert_eq!(check_in(0, 1, unit), Err(obstacle));
    }
}

#[test]
fn who_leaves_before_the_last_night_lets_the_stay_end_earlier_first() {
    let leave = |nights| {
        let stay = stay(ReservationStatus::InHouse, -1, nights);
        check(ReservationAction::CheckOut, &stay, &usual())
    };
    assert_eq!(leave(1), Ok(()), "today is the day of departure");
    assert_eq!(leave(2), Ok(()), "in the last night");
    assert_eq!(leave(3), Err(Obstacle::NightsLeft(day(2))));
}

#[test]
fn only_what_happened_last_and_today_is_undone() {
    let undo = |status, last, ago| {
        check(
            ReservationAction::Undo,
            &stay(status, 0, 2),
            &at(UnitState::Ready, last, ago),
        )
    };
    use ReservationEventKind as Kind;
    assert_eq!(undo(ReservationStatus::InHouse, Kind::CheckedIn, 0), Ok(()));
    assert_eq!(
        undo(ReservationStatus::Cancelled, Kind::Cancelled, 1),
        Err(Obstacle::DayClosed(day(-1)))
    );
    assert_eq!(
        undo(ReservationStatus::InHouse, Kind::Extended, 0),
        Err(Obstacle::NothingToUndo)
    );
}

#[test]
fn a_hold_that_is_over_can_only_be_asked_for_anew() {
    let mut hold = stay(ReservationStatus::Held, 3, 1);
    let confirm = |hold: &Reservation| check(ReservationAction::Confirm, hold, &usual());
    assert_eq!(confirm(&hold), Ok(()));
    hold.hold_expires_at = Some(noon());
    assert_eq!(confirm(&hold), Err(Obstacle::HoldOver));
}

#[test]
fn no_way_leads_out_of_the_states_but_these() {
    let ways: Vec<String> = ALL
        .iter()
        .flat_map(|from| {
            let ways = ReservationAction::ALL.iter().filter_map(|action| {
                let to = after(*action, *from)?;
                (to != *from).then(|| format!("{from} -{action}-> {to}"))
            });
            ways.collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(
        ways,
        [
            "held -confirm-> confirmed",
            "held -cancel-> cancelled",
            "confirmed -check-in-> in_house",
            "confirmed -cancel-> cancelled",
            "confirmed -no-show-> no_show",
            "in_house -check-out-> checked_out",
            "in_house -undo-> confirmed",
            "checked_out -undo-> in_house",
            "cancelled -reinstate-> confirmed",
            "cancelled -undo-> confirmed",
            "no_show -reinstate-> confirmed",
            "no_show -undo-> confirmed",
            "expired -reinstate-> confirmed",
        ]
    );
}

fn some_circumstances() -> impl Strategy<Value = Circumstances> {
    let unit = select(vec![
        UnitState::Unassigned,
        UnitState::Occupied,
        UnitState::NotReady,
        UnitState::Ready,
    ]);
    let last = select(ReservationEventKind::ALL);
    (unit, last, 0_i64..3).prop_map(|(unit, last, ago)| at(unit, last, ago))
}

proptest! {
    #[test]
    fn the_list_says_what_the_check_says_and_nothing_goes_without_a_way(
        status in select(ALL), arrival in -5_i64..5, nights in 1_u32..6, at in some_circumstances(),
    ) {
        let stay = stay(status, arrival, nights);
        let listed = allowed_actions(&stay, &at);
        prop_assert_eq!(listed.len(), ReservationAction::ALL.len());
        for one in listed {
            prop_assert_eq!(one.obstacle, check(one.action, &stay, &at).err());
            if one.obstacle.is_none() {
                prop_assert!(after(one.action, status).is_some());
            }
        }
    }

    #[test]
    fn nobody_is_in_the_house_outside_the_nights_or_without_a_unit(
        arrival in -5_i64..5, nights in 1_u32..6, at in some_circumstances(),
    ) {
        let stay = stay(ReservationStatus::Confirmed, arrival, nights);
        if check(ReservationAction::CheckIn, &stay, &at).is_ok() {
            let tonight = at.business_date;
            prop_assert!(stay.dates.arrival() <= tonight && tonight < stay.dates.departure());
            prop_assert_eq!(at.unit, UnitState::Ready);
        }
    }

    #[test]
    fn a_sold_stay_is_either_still_to_come_or_marked(arrival in -5_i64..5, nights in 1_u32..6) {
        let stay = stay(ReservationStatus::Confirmed, arrival, nights);
        let can = |action| check(action, &stay, &usual()).is_ok();
        prop_assert!(can(ReservationAction::Cancel) || can(ReservationAction::NoShow));
    }
}
