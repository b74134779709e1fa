use motel_inventory::commands::{MAX_OPEN_NIGHTS, open_nights, put_unit, take_nights};
use motel_inventory::testing::demo_rooms;
use motel_inventory::{InventoryError, UnitDetails, queries};
use motel_tenancy::testing::demo_tenant;

use crate::{Motel, database, day, stay};

#[tokio::test(flavor = "multi_thread")]
async fn ninety_nights_of_ten_units_are_nine_hundred_room_nights_once() {
    let database = database().await;
    let demo = demo_tenant(&database).await;
    let mut tx = database.db().tenant(demo.tenant).await.unwrap();
    demo_rooms(&mut tx, demo.property.id).await.unwrap();

    let property = demo.property.id;
    assert_eq!(
        open_nights(&mut tx, property, day(0), day(90))
            .await
            .unwrap(),
        900
    );
    assert_eq!(
        open_nights(&mut tx, property, day(0), day(90))
            .await
            .unwrap(),
        0
    );
    // A day later one more night comes into reach.
    assert_eq!(
        open_nights(&mut tx, property, day(1), day(91))
            .await
            .unwrap(),
        10
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn opening_again_keeps_what_is_sold_and_adds_new_units() {
    let motel = Motel::open().await;
    let pets = &motel.rooms.pet_friendly;
    let mut tx = motel.tx().await;
    take_nights(&mut tx, pets.id, stay(0, 2)).await.unwrap();
    let extra = UnitDetails {
        number: "206".to_owned(),
        floor: 2,
        accessible: false,
        note: String::new(),
    };
    put_unit(&mut tx, pets, extra).await.unwrap();

    let opened = open_nights(&mut tx, motel.property.id, day(0), day(30)).await;
    assert_eq!(opened.unwrap(), 30);
    let free = queries::free_per_night(&tx, motel.property.id, stay(1, 2))
        .await
        .unwrap();
    let (_, nights) = free.iter().find(|(group, _)| group.id == pets.id).unwrap();
    assert_eq!(
        nights.iter().map(|night| night.free).collect::<Vec<_>>(),
        [2, 3]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn empty_reversed_and_endless_ranges_are_refused() {
    let motel = Motel::open().await;
    let mut tx = motel.tx().await;
    let too_far = day(0) + chrono::Days::new(MAX_OPEN_NIGHTS.unsigned_abs() + 1);
    for (from, until) in [(day(3), day(3)), (day(3), day(2)), (day(0), too_far)] {
        let refused = open_nights(&mut tx, motel.property.id, from, until).await;
        assert!(matches!(refused, Err(InventoryError::InvalidRange)));
    }
}
