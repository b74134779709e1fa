use motel_rates::commands::{put_group_rate, put_rate_plan};
use motel_rates::testing::demo_plans;
use motel_rates::{RatePlanDetails, RateTerms, RatesError, Weekdays, queries};
use motel_tenancy::testing::other_tenant;

use crate::{Motel, day, only, request, stay};

#[tokio::test(flavor = "multi_thread")]
async fn another_tenant_neither_reads_nor_writes_our_rates() {
    let motel = Motel::open().await;
    let theirs = other_tenant(&motel.database).await;
    let mut ours = motel.tx().await;
    let (standard, _) = demo_plans(&mut ours, &motel.property).await.unwrap();
    ours.commit().await.unwrap();

    let property = motel.property.id;
    let mut tx = motel.database.db().tenant(theirs.tenant).await.unwrap();
    assert_eq!(queries::rate_plans(&mut tx, property).await.unwrap(), []);
    assert_eq!(
        queries::rate_plan_by_code(&mut tx, property, "standard")
            .await
            .unwrap(),
        None
    );
    assert_eq!(
        queries::derived_plans(&mut tx, standard.id).await.unwrap(),
        []
    );
    let table = queries::rate_table(&mut tx, property, stay(0, 30))
        .await
        .unwrap();
    assert_eq!(table, motel_rates::RateTable::default());

    // Even with our property in hand they find no room and no price.
    let found = queries::search(
        &mut tx,
        &motel.property,
        &request(stay(0, 2), 2, 0, 0),
        day(0),
    )
    .await
    .unwrap();
    assert_eq!((found.offers.len(), found.unavailable.len()), (0, 0));
    let named = only("king_suite", request(stay(0, 2), 2, 0, 0));
    let refused = queries::search(&mut tx, &motel.property, &named, day(0)).await;
    assert!(matches!(refused, Err(RatesError::UnknownUnitGroup { .. })));
    let others = queries::alternatives(
        &mut tx,
        &motel.property,
        &request(stay(9, 2), 2, 0, 0),
        day(0),
        3,
    )
    .await;
    assert_eq!(others.unwrap(), []);

    let terms = RateTerms {
        amount: motel_kernel::Money::new(1, motel.property.currency),
        valid_from: day(0),
        valid_until: day(9),
        min_nights: 1,
        max_nights: 30,
    };
    let written = put_group_rate(&mut tx, &standard, &motel.rooms.king_suite, &terms)
        .await
        .unwrap();
    assert_eq!(written, 0, "our rooms are not there for them");
    let plan = RatePlanDetails {
        code: "theirs".to_owned(),
        name: "Theirs".to_owned(),
        nights: Weekdays::ALL,
        derivation: None,
    };
    let refused = put_rate_plan(&mut tx, property, plan).await;
    assert!(
        matches!(refused, Err(RatesError::Sql(_))),
        "the foreign key carries the tenant"
    );
}
