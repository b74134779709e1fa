use chrono::{DateTime, Utc};
use motel_kernel::{Currency, Money};
use motel_rates::{RatesError, Reason, SearchResult, queries};

use crate::{Motel, day, noon, only, request, stay};

fn refused(result: &SearchResult) -> Vec<(&str, Reason)> {
    let unavailable = result.unavailable.iter();
    unavailable
        .map(|refused| (refused.unit_group.code.as_str(), refused.reason))
        .collect()
}

fn offered(result: &SearchResult) -> Vec<(&str, u32, i64)> {
    let offers = result.offers.iter();
    offers
        .map(|offer| {
            (
                offer.unit_group.code.as_str(),
                offer.available_count,
                offer.total().minor(),
            )
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_couple_is_offered_every_room_with_its_price() {
    let motel = Motel::open().await;
    // Thursday to Saturday: one standard and one weekend night, and 12 % tax.
    let found = motel.search(&request(stay(2, 2), 2, 0, 0)).await;
    assert_eq!(refused(&found), []);
    assert_eq!(
        offered(&found),
        [
            ("standard_queen", 5, 29_568),
            ("king_suite", 3, 44_352),
            ("pet_friendly", 2, 34_496),
        ]
    );
    let queen = found.offers[0].price();
    let usd = |minor| Money::new(minor, Currency::USD);
    let nights: Vec<_> = queen
        .nights
        .iter()
        .map(|night| (night.rate_plan.as_str(), night.price))
        .collect();
    assert_eq!(
        nights,
        [("standard", usd(12_000)), ("standard", usd(14_400))]
    );
    assert_eq!(
        (queen.subtotal, queen.tax, queen.pet_fee),
        (usd(26_400), usd(3_168), usd(0))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_terms_are_those_of_the_property_on_its_own_clock() {
    let motel = Motel::open().await;
    let found = motel.search(&request(stay(2, 2), 2, 0, 0)).await;
    let terms = found.offers[0].terms();
    // 24 hours before 15:00 in New York on 3 December.
    let free_until: DateTime<Utc> = "2026-12-02T20:00:00Z".parse().unwrap();
    assert_eq!(terms.free_cancellation_until(), Some(free_until));
    assert_eq!(terms.check_in.to_string(), "15:00:00");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_party_that_does_not_fit_is_told_why() {
    let motel = Motel::open().await;
    let family = motel.search(&request(stay(0, 1), 2, 2, 0)).await;
    assert_eq!(
        refused(&family),
        [("standard_queen", Reason::TooManyGuests { max: 2 })]
    );
    assert_eq!(family.offers.len(), 2);

    let friends = motel.search(&request(stay(0, 1), 3, 0, 0)).await;
    assert_eq!(
        refused(&friends),
        [
            ("standard_queen", Reason::TooManyGuests { max: 2 }),
            ("king_suite", Reason::TooManyAdults { max: 2 }),
            ("pet_friendly", Reason::TooManyAdults { max: 2 }),
        ]
    );

    assert_eq!(
        friends.why_nothing().unwrap(),
        "Standard Queen: This room sleeps at most 2 people. King Suite: This room takes at most 2 adults. \
         Pet-Friendly Room: This room takes at most 2 adults."
    );

    let dog = motel.search(&request(stay(0, 1), 1, 0, 1)).await;
    assert_eq!(
        refused(&dog),
        [
            ("standard_queen", Reason::PetsNotAllowed),
            ("king_suite", Reason::PetsNotAllowed)
        ]
    );
    // ($140 + $20) × 1.12
    assert_eq!(offered(&dog), [("pet_friendly", 2, 17_920)]);

    let pack = motel.search(&request(stay(0, 1), 1, 0, 3)).await;
    assert_eq!(
        refused(&pack)[2],
        ("pet_friendly", Reason::TooManyPets { max: 2 })
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_sold_is_counted_and_the_full_night_named() {
    let motel = Motel::open().await;
    motel.sell(&motel.rooms.king_suite, stay(4, 1), 3).await;
    motel.sell(&motel.rooms.standard_queen, stay(5, 1), 2).await;

    let found = motel.search(&request(stay(3, 3), 2, 0, 0)).await;
    assert_eq!(
        refused(&found),
        [("king_suite", Reason::SoldOut { night: day(4) })]
    );
    assert_eq!(offered(&found)[0].1, 3, "what the scarcest night has left");
    // Leaving on the full night, and arriving after it, are fine.
    assert_eq!(
        motel
            .search(&request(stay(3, 1), 2, 0, 0))
            .await
            .offers
            .len(),
        3
    );
    assert_eq!(
        motel
            .search(&request(stay(5, 1), 2, 0, 0))
            .await
            .offers
            .len(),
        3
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn beyond_the_open_nights_nothing_is_for_sale() {
    let motel = Motel::open().await;
    let found = motel.search(&request(stay(88, 4), 2, 0, 0)).await;
    assert_eq!(found.offers, []);
    assert!(
        refused(&found)
            .iter()
            .all(|(_, reason)| *reason == Reason::NotOpen { night: day(90) })
    );
    let why = "The night of Monday, March 1, 2027 can't be booked yet.";
    assert_eq!(found.why_nothing().as_deref(), Some(why));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_night_without_a_rate_is_not_for_sale() {
    let motel = Motel::open().await;
    let mut tx = motel.tx().await;
    motel_inventory::commands::open_nights(&mut tx, motel.property.id, day(90), day(400))
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let found = motel.search(&request(stay(364, 2), 2, 0, 0)).await;
    assert_eq!(found.offers, []);
    assert!(
        refused(&found)
            .iter()
            .all(|(_, reason)| *reason == Reason::NoRate { night: day(365) })
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn past_endless_and_unknown_requests_are_refused() {
    let motel = Motel::open().await;
    let tx = motel.tx().await;
    let yesterday = stay(0, 2).shifted(-1).unwrap();
    let refused = async |request| {
        let outcome = queries::search(&tx, &motel.property, &request, noon(0)).await;
        outcome.unwrap_err()
    };
    let past = refused(request(yesterday, 2, 0, 0)).await;
    assert!(matches!(past, RatesError::InPast { today } if today == day(0)));
    let endless = refused(request(stay(0, 31), 2, 0, 0)).await;
    assert!(matches!(endless, RatesError::TooLong { longest: 30 }));
    let unknown = refused(only("penthouse", request(stay(0, 1), 2, 0, 0))).await;
    assert_eq!(
        unknown.to_string(),
        "there is no room type \"penthouse\"; there are: standard_queen, king_suite, pet_friendly"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_for_one_room_type_speaks_of_that_one_only() {
    let motel = Motel::open().await;
    let found = motel
        .search(&only("king_suite", request(stay(0, 30), 2, 0, 0)))
        .await;
    assert_eq!(offered(&found).len(), 1);
    assert_eq!(found.offers[0].unit_group, motel.rooms.king_suite);
    assert_eq!(found.offers[0].price().nights.len(), 30);
}
