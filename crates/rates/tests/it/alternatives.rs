use motel_rates::queries::{alternatives, other_dates};
use motel_rates::{RatesError, SearchRequest};

use crate::{Motel, noon, only, request, stay};

async fn shifts(motel: &Motel, request: &SearchRequest, most: usize) -> Vec<i64> {
    let tx = motel.tx().await;
    let found = other_dates(&tx, &motel.property, request, noon(0), most)
        .await
        .unwrap();
    assert!(found.iter().all(|other| !other.offers.is_empty()));
    let arrivals = found.iter().map(|other| other.stay.arrival());
    arrivals
        .map(|arrival| (arrival - request.stay.arrival()).num_days())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_nearest_dates_with_a_room_come_first() {
    let motel = Motel::open().await;
    motel.sell(&motel.rooms.pet_friendly, stay(10, 2), 2).await;
    let with_dog = request(stay(10, 2), 2, 0, 1);
    assert_eq!(motel.search(&with_dog).await.offers, []);
    // One day earlier or later would still touch a full night.
    assert_eq!(shifts(&motel, &with_dog, 3).await, [-2, 2, -3]);
    assert_eq!(shifts(&motel, &with_dog, 99).await.len(), 12);
    assert_eq!(shifts(&motel, &with_dog, 0).await.len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_in_the_past_and_nothing_unopened_is_proposed() {
    let motel = Motel::open().await;
    motel.sell(&motel.rooms.king_suite, stay(1, 1), 3).await;
    let king = only("king_suite", request(stay(1, 1), 2, 0, 0));
    assert_eq!(shifts(&motel, &king, 3).await, [-1, 1, 2]);
    assert_eq!(
        shifts(&motel, &request(stay(91, 2), 2, 0, 0), 9).await,
        [-3, -4, -5, -6, -7]
    );
    assert_eq!(
        shifts(&motel, &request(stay(120, 2), 2, 0, 0), 9)
            .await
            .len(),
        0
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_request_itself_is_checked_as_for_a_search() {
    let motel = Motel::open().await;
    let tx = motel.tx().await;
    let unknown = only("penthouse", request(stay(1, 1), 2, 0, 0));
    let refused = alternatives(&tx, &motel.property, &unknown, noon(0), 3).await;
    assert!(matches!(refused, Err(RatesError::UnknownUnitGroup { .. })));
    let refused = alternatives(
        &tx,
        &motel.property,
        &request(stay(1, 1), 2, 0, 0),
        noon(2),
        3,
    )
    .await;
    assert!(matches!(refused, Err(RatesError::InPast { .. })));
}
