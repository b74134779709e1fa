//! Plans, prices, restrictions, seasons and promo codes as they are stored.

use chrono::Weekday;
use diesel::sql_types::BigInt;
use diesel_async::RunQueryDsl;
use motel_rates::commands::{
    PriceEdit, RestrictionEdit, change_rate_plan, create_rate_plan, create_season, edit_prices,
    edit_restrictions, put_rate_plan, remove_rate_plan,
};
use motel_rates::testing::{demo_motel, demo_plan};
use motel_rates::{
    BrokenDerivation, Change, Derivation, NightRange, RatePlanDetails, RatesError, Reason,
    RestrictionKind, RestrictionScope, SeasonDetails, SeasonEffect, Weekdays, queries,
};

use crate::{Motel, day, only, request, stay};

fn range(from: u64, until: u64) -> NightRange {
    NightRange::new(day(from), day(until), Weekdays::ALL).unwrap()
}

async fn spans_stored(motel: &Motel) -> i64 {
    #[derive(diesel::QueryableByName)]
    struct Count {
        #[diesel(sql_type = BigInt)]
        count: i64,
    }
    let mut admin = motel.database.admin().await;
    let count: Count = diesel::sql_query("SELECT count(*) FROM rates.base_prices")
        .get_result(&mut admin)
        .await
        .unwrap();
    count.count
}

async fn king_nights(motel: &Motel, from: u64, nights: u32) -> Vec<i64> {
    let king = only("king_suite", request(stay(from, nights), 2, 0, 0));
    let found = motel.search(&king).await;
    let nights = found.offers[0].price().nights.iter();
    nights.map(|night| night.price.minor()).collect()
}

fn derived(code: &str, parent: motel_kernel::RatePlanId, change: Change) -> RatePlanDetails {
    RatePlanDetails {
        derivation: Some(Derivation {
            parent,
            change,
            of_total: false,
        }),
        ..RatePlanDetails::new(code, code)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_year_of_three_groups_is_three_spans_and_putting_it_again_changes_none() {
    let motel = Motel::open().await;
    assert_eq!(spans_stored(&motel).await, 3);
    let mut tx = motel.tx().await;
    let standard = demo_plan(&mut tx, &motel.property).await.unwrap();
    let queen = [motel.rooms.standard_queen.id];
    let same = PriceEdit::Set(12_000);
    let edited = edit_prices(&mut tx, &standard, &queen, range(0, 365), same)
        .await
        .unwrap();
    assert_eq!(edited, []);
    demo_motel(&mut tx, &motel.property, day(0)).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(spans_stored(&motel).await, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_tells_the_nights_it_changes_and_what_they_cost() {
    let motel = Motel::open().await;
    let mut tx = motel.tx().await;
    let standard = demo_plan(&mut tx, &motel.property).await.unwrap();
    let king = motel.rooms.king_suite.id;
    let weekdays = Weekdays::of([Weekday::Wed, Weekday::Thu]).unwrap();
    let week = NightRange::new(day(0), day(7), weekdays).unwrap();
    let dearer = PriceEdit::Change(Change {
        basis_points: 1_000,
        amount_minor: 1,
    });
    let edited = edit_prices(&mut tx, &standard, &[king], week, dearer)
        .await
        .unwrap();
    let seen: Vec<_> = edited
        .iter()
        .map(|night| (night.night, night.before, night.after))
        .collect();
    assert_eq!(
        seen,
        [
            (day(1), Some(18_000), Some(19_801)),
            (day(2), Some(18_000), Some(19_801))
        ]
    );
    let cleared = edit_prices(&mut tx, &standard, &[king], range(5, 6), PriceEdit::Clear)
        .await
        .unwrap();
    assert_eq!(cleared[0].after, None);
    tx.commit().await.unwrap();
    assert_eq!(king_nights(&motel, 1, 3).await, [19_801, 19_801, 21_600]);
    let found = motel
        .search(&only("king_suite", request(stay(4, 2), 2, 0, 0)))
        .await;
    assert_eq!(found.offers.len(), 0);
    assert_eq!(
        spans_stored(&motel).await,
        5,
        "the king's three weeks and a hole, and two others"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_derived_plan_follows_its_parent_and_has_no_prices_to_edit() {
    let motel = Motel::open().await;
    let mut tx = motel.tx().await;
    let standard = demo_plan(&mut tx, &motel.property).await.unwrap();
    let saver = derived("saver", standard.id, Change::percent(-1_000));
    let saver = put_rate_plan(&mut tx, motel.property.id, saver)
        .await
        .unwrap()
        .row;
    let king = [motel.rooms.king_suite.id];
    // Less a tenth, $92.601 is rounded up.
    let price = PriceEdit::Set(10_289);
    edit_prices(&mut tx, &standard, &king, range(2, 3), price)
        .await
        .unwrap();
    let refused = edit_prices(&mut tx, &saver, &king, range(0, 9), price).await;
    assert!(matches!(refused, Err(RatesError::DerivedPrices { .. })));
    tx.commit().await.unwrap();
    assert_eq!(king_nights(&motel, 1, 3).await, [16_200, 9_260, 19_440]);
}

#[tokio::test(flavor = "multi_thread")]
async fn plans_in_circles_are_refused_when_they_are_written() {
    let motel = Motel::open().await;
    let mut tx = motel.tx().await;
    let property = motel.property.id;
    let standard = demo_plan(&mut tx, &motel.property).await.unwrap();
    let one = create_rate_plan(
        &mut tx,
        property,
        derived("one", standard.id, Change::default()),
    )
    .await
    .unwrap();
    let two = create_rate_plan(&mut tx, property, derived("two", one.id, Change::default()))
        .await
        .unwrap();
    let circle = derived("standard", two.id, Change::default());
    let refused = change_rate_plan(&mut tx, property, standard.id, circle, None).await;
    assert!(matches!(
        refused,
        Err(RatesError::Derivation(BrokenDerivation::Cycle { .. }))
    ));
    let nobody = derived("orphan", motel_kernel::RatePlanId::new(), Change::default());
    let refused = create_rate_plan(&mut tx, property, nobody).await;
    assert!(matches!(
        refused,
        Err(RatesError::Derivation(BrokenDerivation::NoParent { .. }))
    ));
    let refused = remove_rate_plan(&mut tx, property, one.id, Some(1)).await;
    assert!(matches!(refused, Err(RatesError::InUse { .. })));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_is_changed_in_place_and_only_by_who_has_read_it() {
    let motel = Motel::open().await;
    let mut tx = motel.tx().await;
    let property = motel.property.id;
    let standard = demo_plan(&mut tx, &motel.property).await.unwrap();
    let renamed = RatePlanDetails {
        name: "Week rate".to_owned(),
        ..standard.details.clone()
    };
    let changed = change_rate_plan(
        &mut tx,
        property,
        standard.id,
        renamed.clone(),
        Some(standard.version),
    )
    .await
    .unwrap();
    assert_eq!(
        (changed.id, changed.version),
        (standard.id, standard.version + 1)
    );
    let stale = change_rate_plan(
        &mut tx,
        property,
        standard.id,
        renamed.clone(),
        Some(standard.version),
    )
    .await;
    assert!(matches!(stale, Err(RatesError::Stale { current }) if current == changed.version));
    assert!(
        !put_rate_plan(&mut tx, property, renamed.clone())
            .await
            .unwrap()
            .changed
    );
    let found = queries::rate_plan_by_code(&mut tx, property, "standard")
        .await
        .unwrap();
    assert_eq!(found.unwrap().details, renamed);
    let taken =
        create_rate_plan(&mut tx, property, RatePlanDetails::new("standard", "Again")).await;
    assert!(matches!(taken, Err(RatesError::CodeTaken { .. })));
}

#[tokio::test(flavor = "multi_thread")]
async fn each_kind_of_restriction_is_edited_by_itself() {
    let motel = Motel::open().await;
    let mut tx = motel.tx().await;
    let king = RestrictionScope {
        unit_group: Some(motel.rooms.king_suite.id),
        rate_plan: None,
    };
    let set = |kind, value| RestrictionEdit { kind, value };
    let both = [
        set(RestrictionKind::ClosedToArrival, Some(1)),
        set(RestrictionKind::MinStayArrival, Some(3)),
    ];
    let edited = edit_restrictions(&mut tx, motel.property.id, king, range(4, 6), &both)
        .await
        .unwrap();
    assert_eq!(edited.len(), 4);
    // Closing and opening the house again leaves them standing.
    let closed = [set(RestrictionKind::Closed, Some(1))];
    edit_restrictions(&mut tx, motel.property.id, king, range(0, 9), &closed)
        .await
        .unwrap();
    let open = [set(RestrictionKind::Closed, None)];
    let opened = edit_restrictions(&mut tx, motel.property.id, king, range(0, 9), &open)
        .await
        .unwrap();
    assert_eq!(
        (opened.len(), opened[0].before, opened[0].after),
        (9, Some(1), None)
    );
    let table = queries::pricing_table(&tx, &motel.property, day(0), day(30))
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let plan = table.plan_by_code("standard").unwrap().id;
    let asked = motel_rates::PriceRequest {
        unit_group: motel.rooms.king_suite.id,
        rate_plan: plan,
        stay: stay(5, 2),
        party: motel_kernel::Party::new(2, 0, 0).unwrap(),
        child_ages: &[],
        promo: None,
        booked_on: day(0),
        agreed: &[],
    };
    let refused = motel_rates::price_stay(&table, &asked);
    let expected = vec![
        Reason::ClosedToArrival { date: day(5) },
        Reason::MinimumStay {
            date: day(5),
            nights: 3,
            asked: 2,
        },
    ];
    assert_eq!(refused, Err(motel_rates::Unpriced::Refused(expected)));
    let queen = motel_rates::PriceRequest {
        unit_group: motel.rooms.standard_queen.id,
        ..asked
    };
    assert!(motel_rates::price_stay(&table, &queen).is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_season_makes_its_nights_dearer_and_goes_with_its_plan() {
    let motel = Motel::open().await;
    let mut tx = motel.tx().await;
    let property = motel.property.id;
    let event = SeasonDetails {
        code: "marathon".to_owned(),
        name: "Marathon".to_owned(),
        priority: 5,
        nights: range(8, 9),
        unit_group: Some(motel.rooms.king_suite.id),
        rate_plan: None,
        effect: SeasonEffect::Change(Change::amount(5_000)),
    };
    let season = create_season(&mut tx, property, event).await.unwrap();
    let plan = create_rate_plan(&mut tx, property, RatePlanDetails::new("spare", "Spare"))
        .await
        .unwrap();
    let of_plan = SeasonDetails {
        code: "spare_season".to_owned(),
        rate_plan: Some(plan.id),
        ..season.details.clone()
    };
    create_season(&mut tx, property, of_plan).await.unwrap();
    remove_rate_plan(&mut tx, property, plan.id, Some(1))
        .await
        .unwrap();
    assert_eq!(queries::seasons(&tx, property).await.unwrap(), [season]);
    tx.commit().await.unwrap();
    assert_eq!(king_nights(&motel, 7, 3).await, [18_000, 23_000, 18_000]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_price_of_nothing_is_refused_by_the_database() {
    let motel = Motel::open().await;
    for nothing in [0, -100] {
        let mut tx = motel.tx().await;
        let standard = demo_plan(&mut tx, &motel.property).await.unwrap();
        let king = [motel.rooms.king_suite.id];
        let refused = edit_prices(
            &mut tx,
            &standard,
            &king,
            range(0, 9),
            PriceEdit::Set(nothing),
        )
        .await;
        assert!(matches!(refused, Err(RatesError::Sql(_))));
    }
}
