use motel_inventory::commands::{put_unit, put_unit_group};
use motel_inventory::testing::details;
use motel_inventory::{InventoryError, UnitDetails, UnitGroupDetails, queries};

use crate::Motel;

fn unit(number: &str, note: &str) -> UnitDetails {
    UnitDetails {
        number: number.to_owned(),
        floor: 1,
        accessible: number == "101",
        note: note.to_owned(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn putting_the_same_again_writes_nothing() {
    let motel = Motel::open().await;
    let mut tx = motel.tx().await;
    let queen = details("standard_queen", "Standard Queen", 1, 2);

    let again = put_unit_group(&mut tx, motel.property.id, queen.clone())
        .await
        .unwrap();
    assert_eq!(
        (again.changed, &again.row),
        (false, &motel.rooms.standard_queen)
    );
    assert!(
        !put_unit(&mut tx, &again.row, unit("101", ""))
            .await
            .unwrap()
            .changed
    );

    let renamed = UnitGroupDetails {
        name: "Queen Room".to_owned(),
        size_sqft: None,
        ..queen
    };
    let renamed = put_unit_group(&mut tx, motel.property.id, renamed)
        .await
        .unwrap();
    assert!(renamed.changed);
    assert_eq!(renamed.row.id, motel.rooms.standard_queen.id);
    let stored = queries::unit_group(&mut tx, renamed.row.id).await.unwrap();
    assert_eq!(stored, Some(renamed.row.clone()));
    assert_eq!(renamed.row.size_sqft, None);

    let noted = put_unit(&mut tx, &renamed.row, unit("101", "Sticky door"))
        .await
        .unwrap();
    assert!(noted.changed);
    assert_eq!(noted.row.note, "Sticky door");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_rooms_stand_in_their_groups() {
    let motel = Motel::open().await;
    let mut tx = motel.tx().await;
    let groups = queries::unit_groups(&mut tx, motel.property.id)
        .await
        .unwrap();
    let codes: Vec<_> = groups.iter().map(|group| group.code.as_str()).collect();
    assert_eq!(codes, ["standard_queen", "king_suite", "pet_friendly"]);

    let mut numbers = Vec::new();
    for group in &groups {
        let units = queries::units_of(&tx, group.id).await.unwrap();
        numbers.push(
            units
                .into_iter()
                .map(|unit| unit.number)
                .collect::<Vec<_>>()
                .join(" "),
        );
    }
    assert_eq!(numbers, ["101 102 103 201 202", "104 203 204", "105 205"]);

    let code = "king_suite";
    let king = queries::unit_group_by_code(&mut tx, motel.property.id, code)
        .await
        .unwrap();
    assert_eq!(king, Some(motel.rooms.king_suite.clone()));
    let none = queries::unit_group_by_code(&mut tx, motel.property.id, "penthouse")
        .await
        .unwrap();
    assert_eq!(none, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_does_not_change_its_group() {
    let motel = Motel::open().await;
    let mut tx = motel.tx().await;
    let refused = put_unit(&mut tx, &motel.rooms.king_suite, unit("101", "")).await;
    assert!(matches!(refused, Err(InventoryError::UnitOfOtherGroup { number }) if number == "101"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_nobody_could_sleep_in_is_refused_by_the_database() {
    let motel = Motel::open().await;
    for broken in [
        UnitGroupDetails {
            max_guests: 0,
            ..details("broken", "Broken", 9, 2)
        },
        UnitGroupDetails {
            max_adults: 3,
            ..details("broken", "Broken", 9, 2)
        },
        UnitGroupDetails {
            code: "Not A Code".to_owned(),
            ..details("broken", "Broken", 9, 2)
        },
    ] {
        let mut tx = motel.tx().await;
        let refused = put_unit_group(&mut tx, motel.property.id, broken).await;
        assert!(matches!(refused, Err(InventoryError::Sql(_))));
    }
}
