use chrono::Days;
use diesel::sql_types::BigInt;
use diesel_async::RunQueryDsl;
use motel_kernel::{Currency, Money};
use motel_rates::commands::{put_group_rate, put_rate_plan};
use motel_rates::testing::{demo_motel, demo_plans};
use motel_rates::{RatePlanDetails, RateTerms, RatesError, Weekdays, queries};

use crate::{Motel, day, only, request, stay};

fn terms(amount_minor: i64) -> RateTerms {
    RateTerms {
        amount: Money::new(amount_minor, Currency::USD),
        valid_from: day(0),
        valid_until: day(365),
        min_nights: 1,
        max_nights: 30,
    }
}

async fn rates_stored(motel: &Motel) -> i64 {
    #[derive(diesel::QueryableByName)]
    struct Count {
        #[diesel(sql_type = BigInt)]
        count: i64,
    }
    let mut admin = motel.database.admin().await;
    let count: Count = diesel::sql_query("SELECT count(*) FROM rates.rates")
        .get_result(&mut admin)
        .await
        .unwrap();
    count.count
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_rooms_hold_twenty_rates_and_putting_them_again_writes_none() {
    let motel = Motel::open().await;
    assert_eq!(rates_stored(&motel).await, 20);
    let mut tx = motel.tx().await;
    let (standard, weekend) = demo_plans(&mut tx, &motel.property).await.unwrap();
    assert_eq!(weekend.derived_from, Some(standard.id));
    let queen = &motel.rooms.standard_queen;
    assert_eq!(
        put_group_rate(&mut tx, &standard, queen, &terms(12_000))
            .await
            .unwrap(),
        0
    );
    demo_motel(&mut tx, &motel.property, day(0)).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(rates_stored(&motel).await, 20);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_price_carries_over_to_the_derived_plan_rounded_half_up() {
    let motel = Motel::open().await;
    let mut tx = motel.tx().await;
    let (standard, _) = demo_plans(&mut tx, &motel.property).await.unwrap();
    let king = &motel.rooms.king_suite;
    // × 1.2 is 12,346.8 cents.
    let written = put_group_rate(&mut tx, &standard, king, &terms(10_289))
        .await
        .unwrap();
    assert_eq!(written, 6, "three rooms, two plans");
    tx.commit().await.unwrap();
    let found = motel
        .search(&only("king_suite", request(stay(2, 2), 2, 0, 0)))
        .await;
    let prices: Vec<_> = found.offers[0]
        .price
        .nights
        .iter()
        .map(|night| night.price.minor())
        .collect();
    assert_eq!(prices, [10_289, 12_347]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_lowest_rate_of_the_groups_units_is_the_groups_price() {
    let motel = Motel::open().await;
    let mut tx = motel.tx().await;
    let late = RatePlanDetails {
        code: "winter_sale".to_owned(),
        name: "Winter sale".to_owned(),
        nights: Weekdays::ALL,
        derivation: None,
    };
    let sale = put_rate_plan(&mut tx, motel.property.id, late)
        .await
        .unwrap();
    assert!(sale.changed);
    let week = RateTerms {
        valid_from: day(7),
        valid_until: day(8),
        ..terms(9_900)
    };
    put_group_rate(&mut tx, &sale.row, &motel.rooms.standard_queen, &week)
        .await
        .unwrap();
    tx.commit().await.unwrap();

    let found = motel
        .search(&only("standard_queen", request(stay(6, 3), 2, 0, 0)))
        .await;
    let nights: Vec<_> = found.offers[0]
        .price
        .nights
        .iter()
        .map(|night| (night.rate_plan.as_str(), night.price.minor()))
        .collect();
    assert_eq!(
        nights,
        [
            ("standard", 12_000),
            ("winter_sale", 9_900),
            ("standard", 12_000)
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_is_found_by_its_code_and_changed_in_place() {
    let motel = Motel::open().await;
    let mut tx = motel.tx().await;
    let (standard, weekend) = demo_plans(&mut tx, &motel.property).await.unwrap();
    let plans = queries::rate_plans(&mut tx, motel.property.id)
        .await
        .unwrap();
    assert_eq!(plans, [standard.clone(), weekend]);

    let renamed = RatePlanDetails {
        code: "standard".to_owned(),
        name: "Week rate".to_owned(),
        nights: standard.nights,
        derivation: None,
    };
    let put = put_rate_plan(&mut tx, motel.property.id, renamed.clone())
        .await
        .unwrap();
    assert_eq!((put.changed, put.row.id), (true, standard.id));
    assert!(
        !put_rate_plan(&mut tx, motel.property.id, renamed)
            .await
            .unwrap()
            .changed
    );
    let found = queries::rate_plan_by_code(&mut tx, motel.property.id, "standard")
        .await
        .unwrap();
    assert_eq!(found.unwrap().name, "Week rate");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rate_of_nothing_or_for_no_night_is_refused_by_the_database() {
    let motel = Motel::open().await;
    let upside_down = RateTerms {
        valid_until: day(0) - Days::new(1),
        ..terms(100)
    };
    for broken in [terms(0), terms(-100), upside_down] {
        let mut tx = motel.tx().await;
        let (standard, _) = demo_plans(&mut tx, &motel.property).await.unwrap();
        let refused = put_group_rate(&mut tx, &standard, &motel.rooms.king_suite, &broken).await;
        assert!(matches!(refused, Err(RatesError::Sql(_))));
    }
}
