use motel_kernel::BookingId;
use motel_rates::commands::{
    PriceEdit, RestrictionEdit, change_rate_plan, create_rate_plan, edit_prices, edit_restrictions,
    use_promo,
};
use motel_rates::testing::demo_plan;
use motel_rates::{
    NightRange, RatePlanDetails, RatesError, RestrictionKind, RestrictionScope, Weekdays, queries,
};
use motel_tenancy::testing::other_tenant;

use crate::{Motel, day, noon, only, request, stay};

#[tokio::test(flavor = "multi_thread")]
async fn another_tenant_neither_reads_nor_writes_our_rates() {
    let motel = Motel::open().await;
    let theirs = other_tenant(&motel.database).await;
    let mut ours = motel.tx().await;
    let standard = demo_plan(&mut ours, &motel.property).await.unwrap();
    ours.commit().await.unwrap();

    let property = motel.property.id;
    let mut tx = motel.database.db().tenant(theirs.tenant).await.unwrap();
    assert_eq!(queries::rate_plans(&tx, property).await.unwrap(), []);
    let plan = queries::rate_plan_by_code(&mut tx, property, "standard")
        .await
        .unwrap();
    assert_eq!(plan, None);
    assert_eq!(queries::seasons(&tx, property).await.unwrap(), []);
    assert_eq!(queries::promo_codes(&tx, property).await.unwrap(), []);
    let table = queries::pricing_table(&tx, &motel.property, day(0), day(30))
        .await
        .unwrap();
    assert_eq!(table.plans().count(), 0);

    // Even with our property in hand they find no room and no price.
    let asked = request(stay(0, 2), 2, 0, 0);
    let found = queries::search(&tx, &motel.property, &asked, noon(0))
        .await
        .unwrap();
    assert_eq!((found.offers.len(), found.unavailable.len()), (0, 0));
    let named = only("king_suite", request(stay(0, 2), 2, 0, 0));
    let refused = queries::search(&tx, &motel.property, &named, noon(0)).await;
    assert!(matches!(refused, Err(RatesError::UnknownUnitGroup { .. })));

    let renamed = RatePlanDetails::new("standard", "Ours now");
    let refused = change_rate_plan(&mut tx, property, standard.id, renamed, None).await;
    assert!(matches!(refused, Err(RatesError::Unknown { .. })));
    let refused = use_promo(&mut tx, property, "WINTER", BookingId::new()).await;
    assert!(matches!(refused, Err(RatesError::Promo(_))));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_foreign_keys_carry_the_tenant() {
    let motel = Motel::open().await;
    let theirs = other_tenant(&motel.database).await;
    let mut ours = motel.tx().await;
    let standard = demo_plan(&mut ours, &motel.property).await.unwrap();
    ours.commit().await.unwrap();
    let property = motel.property.id;
    let nights = NightRange::new(day(0), day(9), Weekdays::ALL).unwrap();
    let tx = async || motel.database.db().tenant(theirs.tenant).await.unwrap();

    let plan = RatePlanDetails::new("theirs", "Theirs");
    let refused = create_rate_plan(&mut tx().await, property, plan).await;
    assert!(matches!(refused, Err(RatesError::Sql(_))));
    let king = [motel.rooms.king_suite.id];
    let refused = edit_prices(&mut tx().await, &standard, &king, nights, PriceEdit::Set(1)).await;
    assert!(matches!(refused, Err(RatesError::Sql(_))));
    let closed = [RestrictionEdit {
        kind: RestrictionKind::Closed,
        value: Some(1),
    }];
    let house = RestrictionScope::default();
    let refused = edit_restrictions(&mut tx().await, property, house, nights, &closed).await;
    assert!(matches!(refused, Err(RatesError::Sql(_))));
}
