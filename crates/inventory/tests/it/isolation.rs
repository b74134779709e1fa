use motel_inventory::commands::{give_back_nights, open_nights, put_unit_group, take_nights};
use motel_inventory::testing::details;
use motel_inventory::{InventoryError, queries};
use motel_tenancy::testing::other_tenant;

use crate::{Motel, day, stay};

#[tokio::test(flavor = "multi_thread")]
async fn another_tenant_neither_sees_nor_sells_our_rooms() {
    let motel = Motel::open().await;
    let theirs = other_tenant(&motel.database).await;
    let king = motel.rooms.king_suite.id;
    let property = motel.property.id;

    let mut tx = motel.database.db().tenant(theirs.tenant).await.unwrap();
    assert_eq!(queries::unit_groups(&mut tx, property).await.unwrap(), []);
    assert_eq!(queries::unit_group(&mut tx, king).await.unwrap(), None);
    let by_code = queries::unit_group_by_code(&mut tx, property, "king_suite")
        .await
        .unwrap();
    assert_eq!(by_code, None);
    assert_eq!(queries::units_of(&tx, king).await.unwrap(), []);
    assert_eq!(
        queries::unit_by_number(&mut tx, property, "101")
            .await
            .unwrap(),
        None
    );
    assert_eq!(
        queries::free_per_night(&tx, property, stay(0, 3))
            .await
            .unwrap(),
        []
    );

    let refused = take_nights(&mut tx, king, stay(0, 1)).await;
    assert!(matches!(refused, Err(InventoryError::NotOpen { .. })));
    let refused = give_back_nights(&mut tx, king, stay(0, 1)).await;
    assert!(matches!(refused, Err(InventoryError::NotOpen { .. })));
    assert_eq!(
        open_nights(&mut tx, property, day(0), day(9))
            .await
            .unwrap(),
        0
    );
    // A room type cannot be hung into another tenant's property either: the foreign key carries the tenant.
    let group = details("annex", "Annex", 1, 2);
    let refused = put_unit_group(&mut tx, property, group).await;
    assert!(matches!(refused, Err(InventoryError::Sql(_))));
    drop(tx);

    assert_eq!(motel.sold(&motel.rooms.king_suite).await, 0);
}
