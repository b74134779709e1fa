use motel_inventory::commands::take_nights;
use motel_inventory::queries::free_per_night;

use crate::{Motel, day, stay};

#[tokio::test(flavor = "multi_thread")]
async fn every_group_tells_what_is_left_on_each_night() {
    let motel = Motel::open().await;
    let mut tx = motel.tx().await;
    take_nights(&mut tx, motel.rooms.king_suite.id, stay(3, 2))
        .await
        .unwrap();
    for _ in 0..2 {
        take_nights(&mut tx, motel.rooms.pet_friendly.id, stay(4, 1))
            .await
            .unwrap();
    }

    let free = free_per_night(&tx, motel.property.id, stay(2, 3))
        .await
        .unwrap();
    let summary: Vec<_> = free
        .iter()
        .map(|(group, nights)| {
            let left: Vec<_> = nights.iter().map(|night| night.free).collect();
            (group.code.as_str(), nights[0].night, left)
        })
        .collect();
    assert_eq!(
        summary,
        [
            ("standard_queen", day(2), vec![5, 5, 5]),
            ("king_suite", day(2), vec![3, 2, 2]),
            ("pet_friendly", day(2), vec![2, 2, 0]),
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn nights_that_are_not_open_are_missing_and_not_free() {
    let motel = Motel::open().await;
    let tx = motel.tx().await;
    let edge = free_per_night(&tx, motel.property.id, stay(29, 3))
        .await
        .unwrap();
    assert_eq!(edge.len(), 3);
    assert!(edge.iter().all(|(_, nights)| nights.len() == 1));
    let beyond = free_per_night(&tx, motel.property.id, stay(60, 3))
        .await
        .unwrap();
    assert_eq!(beyond.len(), 3, "the groups are still named");
    assert!(beyond.iter().all(|(_, nights)| nights.is_empty()));
}
