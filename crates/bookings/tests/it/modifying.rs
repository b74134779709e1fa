//! Changing a stay: only what changes has a new price.

use chrono::{Days, Duration, NaiveDate};
use motel_bookings::commands::{self, Modification};
use motel_bookings::{BookingError, By, Effect, ReservationEventKind, ReservationStatus, queries};
use motel_kernel::{Currency, Money, Party, ReservationId};
use motel_rates::commands::{PriceEdit, edit_prices};
use motel_rates::{NightRange, Weekdays};

use crate::desk::{Desk, Do, noon, noon_in, stay, today, wanted};

fn usd(minor: i64) -> Money {
    Money::new(minor, Currency::USD)
}

/// From now on every queen costs $200 before the weekend's fifth.
async fn dearer(desk: &Desk) {
    let mut tx = desk.tx().await;
    let property = desk.demo.property.id;
    let plan = motel_rates::queries::rate_plan_by_code(&mut tx, property, "standard")
        .await
        .unwrap()
        .unwrap();
    let nights = NightRange::new(today(), today() + Days::new(90), Weekdays::ALL).unwrap();
    let queen = [desk.rooms.standard_queen.id];
    edit_prices(&mut tx, &plan, &queen, nights, PriceEdit::Set(20_000))
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

async fn modify(
    desk: &Desk,
    id: ReservationId,
    seen: Option<i32>,
    wish: &Modification,
) -> Result<Effect, BookingError> {
    let mut tx = desk.tx().await;
    let property = &desk.demo.property;
    let effect = commands::modify(&mut tx, property, id, seen, wish, &By::guest(), noon()).await?;
    tx.commit().await?;
    Ok(effect)
}

fn dates(in_days: u64, nights: u32) -> Modification {
    Modification {
        dates: Some(stay(in_days, nights)),
        ..Modification::default()
    }
}

fn prices(effect: &Effect) -> Vec<i64> {
    let nights = effect.reservation.price.nights.iter();
    nights.map(|night| night.price.minor()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn agreed_nights_keep_their_price_and_only_new_ones_have_todays() {
    let desk = Desk::open().await;
    // Thursday and Friday: 120 and 144.
    let booked = desk.stay("standard_queen", stay(2, 2)).await;
    dearer(&desk).await;

    let longer = modify(&desk, booked.id, Some(1), &dates(2, 3))
        .await
        .unwrap();
    assert_eq!(prices(&longer), [12_000, 14_400, 24_000]);
    assert_eq!(longer.price_before, usd(29_568));
    assert_eq!(longer.price_after, usd(56_448));
    assert_eq!(longer.difference, usd(26_880));
    assert_eq!(longer.inventory.len(), 1);
    assert_eq!(longer.reservation.unit, booked.unit);
    let due = longer
        .postings_to_come
        .iter()
        .map(|line| line.amount.minor());
    assert_eq!(due.sum::<i64>(), 56_448);

    // One day later: Thursday is given back, Sunday is new.
    let later = modify(&desk, booked.id, Some(2), &dates(3, 3))
        .await
        .unwrap();
    assert_eq!(prices(&later), [14_400, 24_000, 20_000]);
    let changes: Vec<i32> = later.inventory.iter().map(|it| it.delta).collect();
    assert_eq!(changes, [-1, 1]);
    assert_eq!(
        desk.free(&desk.rooms.standard_queen, stay(2, 4)).await,
        [5, 4, 4, 4]
    );
    let kinds: Vec<_> = queries::events(&mut desk.tx().await, booked.id)
        .await
        .unwrap()
        .iter()
        .map(|event| event.kind)
        .collect();
    assert_eq!(
        kinds[1..],
        [
            ReservationEventKind::Extended,
            ReservationEventKind::Modified
        ]
    );
    assert_eq!(desk.unsound().await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_room_type_has_its_own_price_unit_and_nights() {
    let desk = Desk::open().await;
    let booked = desk.stay("standard_queen", stay(6, 2)).await;
    let king = Modification {
        unit_group: Some("king_suite".to_owned()),
        party: Some(Party::new(2, 1, 0).unwrap()),
        ..Modification::default()
    };
    let moved = modify(&desk, booked.id, None, &king).await.unwrap();
    assert_eq!(prices(&moved), [18_000, 18_000]);
    assert_eq!(moved.reservation.unit_group, desk.rooms.king_suite.id);
    assert_ne!(moved.reservation.unit, booked.unit);
    assert_eq!(
        desk.free(&desk.rooms.standard_queen, stay(6, 2)).await,
        [5, 5]
    );
    assert_eq!(desk.free(&desk.rooms.king_suite, stay(6, 2)).await, [2, 2]);

    let crowd = Modification {
        party: Some(Party::new(2, 3, 0).unwrap()),
        ..Modification::default()
    };
    let refused = modify(&desk, booked.id, None, &crowd).await.unwrap_err();
    assert_eq!(refused.code(), "too_many_guests");
    let nowhere = Modification {
        unit_group: Some("igloo".to_owned()),
        ..Modification::default()
    };
    let refused = modify(&desk, booked.id, None, &nowhere).await.unwrap_err();
    assert_eq!(refused.code(), "unknown_room_type");
    assert_eq!(desk.unsound().await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_into_sold_out_nights_leaves_everything_as_it_was() {
    let desk = Desk::open().await;
    for _ in 0..2 {
        desk.stay("pet_friendly", stay(12, 1)).await;
    }
    let booked = desk.stay("pet_friendly", stay(10, 2)).await;
    let refused = modify(&desk, booked.id, None, &dates(10, 3)).await;
    assert_eq!(refused.unwrap_err().code(), "sold_out");
    assert_eq!(desk.now_of(booked.id).await, booked);
    assert_eq!(desk.unsound().await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_changes_of_what_both_have_seen_one_wins() {
    let desk = Desk::open().await;
    let booked = desk.stay("king_suite", stay(20, 2)).await;
    for round in 0..6 {
        let seen = Some(desk.now_of(booked.id).await.version);
        let (longer, later) = (
            dates(20, 3 + round % 2),
            dates(21 + u64::from(round % 3), 2),
        );
        let (one, other) = tokio::join!(
            modify(&desk, booked.id, seen, &longer),
            modify(&desk, booked.id, seen, &later)
        );
        let (won, lost) = match (one, other) {
            (Ok(won), Err(lost)) | (Err(lost), Ok(won)) => (won, lost),
            both => panic!("{both:?}"),
        };
        assert_eq!(lost.code(), "version_mismatch");
        assert_eq!(desk.now_of(booked.id).await, won.reservation);
    }
    assert_eq!(desk.unsound().await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_leaves_early_frees_the_nights_and_pays_those_that_were_slept() {
    let desk = Desk::open().await;
    let booked = desk.stay("king_suite", stay(0, 5)).await;
    desk.act(Do::CheckIn, booked.id, noon()).await.unwrap();
    let early = desk.act(Do::CheckOut, booked.id, noon_in(2)).await;
    assert_eq!(early.unwrap_err().code(), "nights_left");

    let mut tx = desk.tx().await;
    let property = &desk.demo.property;
    let by = By::guest();
    let left = commands::depart_early(&mut tx, property, booked.id, None, None, &by, noon_in(2))
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(left.reservation.dates, stay(0, 2));
    assert_eq!(prices(&left), [18_000, 18_000]);
    assert_eq!(left.inventory.len(), 3);
    assert_eq!(left.reservation.terms, booked.terms);
    assert_eq!(
        desk.free(&desk.rooms.king_suite, stay(0, 5)).await,
        [2, 2, 3, 3, 3]
    );
    desk.act(Do::CheckOut, booked.id, noon_in(2)).await.unwrap();
    assert_eq!(desk.unsound().await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_in_the_house_stays_on_in_the_same_unit() {
    let desk = Desk::open().await;
    let booked = desk.stay("pet_friendly", stay(0, 2)).await;
    desk.act(Do::CheckIn, booked.id, noon()).await.unwrap();
    let mut tx = desk.tx().await;
    let property = &desk.demo.property;
    let until = today() + Days::new(3);
    let by = By::guest();
    let longer = commands::extend(&mut tx, property, booked.id, None, until, &by, noon_in(1))
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(longer.reservation.unit, booked.unit);
    assert_eq!(longer.reservation.status, ReservationStatus::InHouse);
    let elsewhere = modify(&desk, booked.id, None, &dates(1, 2)).await;
    assert_eq!(elsewhere.unwrap_err().code(), "in_house");
    assert_eq!(desk.unsound().await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_split_stay_is_two_that_follow_each_other_at_the_agreed_prices() {
    let desk = Desk::open().await;
    let booked = desk.stay("standard_queen", stay(2, 4)).await;
    dearer(&desk).await;
    let split = |at: NaiveDate| {
        let desk = &desk;
        async move {
            let mut tx = desk.tx().await;
            let property = &desk.demo.property;
            let by = By::guest();
            let parts =
                commands::split(&mut tx, property, booked.id, None, at, &by, noon()).await?;
            tx.commit().await?;
            Ok::<_, BookingError>(parts)
        }
    };
    let outside = split(today() + Days::new(2)).await;
    assert_eq!(outside.unwrap_err().code(), "invalid_split");

    let (first, second) = split(today() + Days::new(4)).await.unwrap();
    assert_eq!(prices(&first), [12_000, 14_400]);
    assert_eq!(prices(&second), [14_400, 12_000]);
    assert_eq!(
        first.price_after.minor() + second.price_after.minor(),
        booked.total().minor()
    );
    assert_eq!(second.reservation.ordinal, 2);
    assert_eq!(second.reservation.unit, booked.unit);
    assert_eq!(
        desk.free(&desk.rooms.standard_queen, stay(2, 4)).await,
        [4; 4]
    );
    let booking = queries::find(&mut desk.tx().await, booked.booking)
        .await
        .unwrap();
    assert_eq!(booking.reservations.len(), 2);
    assert_eq!(desk.unsound().await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stay_is_added_to_a_booking_that_stands_and_to_no_other() {
    let desk = Desk::open().await;
    let booked = desk.stay("king_suite", stay(3, 1)).await;
    let add = || async {
        let mut tx = desk.tx().await;
        let property = &desk.demo.property;
        let queen = wanted("standard_queen", stay(3, 1));
        let by = By::guest();
        let added =
            commands::add_reservation(&mut tx, property, booked.booking, None, &queen, &by, noon())
                .await?;
        tx.commit().await?;
        Ok::<_, BookingError>(added)
    };
    let added = add().await.unwrap();
    assert_eq!(added.price_before, usd(0));
    assert_eq!(added.difference, added.reservation.total());
    assert_eq!(added.reservation.ordinal, 2);

    let mut tx = desk.tx().await;
    let property = &desk.demo.property;
    commands::cancel(&mut tx, property, booked.booking, &By::guest(), noon())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(add().await.unwrap_err().code(), "already_cancelled");
    assert_eq!(desk.unsound().await, [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_quote_for_several_rooms_is_honoured_to_the_cent_and_afterwards_priced_anew() {
    let desk = Desk::open().await;
    let rooms = vec![
        wanted("standard_queen", stay(2, 2)),
        wanted("king_suite", stay(2, 2)),
    ];
    let property = &desk.demo.property;
    let mut tx = desk.tx().await;
    let first = commands::quote(&mut tx, property, &rooms, noon())
        .await
        .unwrap();
    let second = commands::quote(&mut tx, property, &rooms, noon())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    dearer(&desk).await;

    let book = |quote, now| {
        let desk = &desk;
        async move {
            let mut tx = desk.tx().await;
            let guest = crate::desk::guest("ana@example.com");
            let source = motel_bookings::BookingSource::Api;
            let property = &desk.demo.property;
            let booked =
                commands::book_quote(&mut tx, property, quote, &guest, source, None, now).await?;
            tx.commit().await?;
            Ok::<_, BookingError>(booked.booking)
        }
    };
    let last_moment = first.expires_at - Duration::seconds(1);
    let booked = book(first.id, last_moment).await.unwrap();
    assert_eq!(booked.total(), first.total);
    let again = book(first.id, last_moment).await.unwrap_err();
    assert_eq!(again.code(), "quote_expired");
    match book(second.id, second.expires_at).await.unwrap_err() {
        // The queen costs 200 and 240 instead of 120 and 144.
        BookingError::QuoteExpired {
            agreed: Some(agreed),
            now: Some(now),
        } => assert_eq!(now.minor() - agreed.minor(), (8_000 + 9_600) * 112 / 100),
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_that_is_closed_closes_what_happened_on_it() {
    let desk = Desk::open().await;
    let booked = desk.stay("king_suite", stay(0, 2)).await;
    desk.act(Do::CheckIn, booked.id, noon()).await.unwrap();
    let close = || async {
        let mut tx = desk.tx().await;
        let property = &desk.demo.property;
        let next = commands::advance_business_date(&mut tx, property, today(), noon()).await?;
        tx.commit().await?;
        Ok::<_, BookingError>(next)
    };
    assert_eq!(close().await.unwrap(), today() + Days::new(1));
    assert_eq!(close().await.unwrap_err().code(), "version_mismatch");
    // The wall says the same day still; the property works on the next one.
    let undone = desk.act(Do::Undo, booked.id, noon()).await;
    assert_eq!(undone.unwrap_err().code(), "day_closed");
}
