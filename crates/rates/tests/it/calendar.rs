//! What is answered from memory is what the database answers, once it has been heard.

use chrono::Utc;
use motel_db::Changes;
use motel_inventory::InventoryError;
use motel_inventory::commands::{give_back_nights, take_nights};
use motel_kernel::{Party, StayDates};
use motel_rates::commands::{PriceEdit, edit_prices};
use motel_rates::testing::demo_plan;
use motel_rates::{Calendar, NightRange, RestrictionKind, SearchRequest, SearchResult, Weekdays};

use crate::{Motel, day, noon};

const ENOUGH: u64 = 1 << 20;

fn couple() -> Party {
    Party::new(2, 0, 0).unwrap()
}

/// Until everything that was committed before now has been heard. Bounded by the test runner.
async fn heard(changes: &Changes) {
    let now = Utc::now();
    while changes.as_of().is_none_or(|heard| heard <= now) {
        tokio::task::yield_now().await;
    }
}

impl Motel {
    async fn remembered(&self, calendar: &Calendar, request: &SearchRequest) -> SearchResult {
        let db = self.database.db();
        let known = calendar
            .market(db, self.tenant, &self.property, request.stay, day(0))
            .await
            .unwrap();
        known.market.search(request, noon(0)).unwrap()
    }

    /// One of several kinds of change, by a number.
    async fn change(&self, number: u64) {
        let stay = StayDates::from_nights(day(number % 9), 1 + u32::try_from(number % 3).unwrap())
            .unwrap();
        let group = &self.rooms.king_suite;
        let mut tx = self.tx().await;
        match number % 4 {
            0 | 1 => match take_nights(&mut tx, group.id, stay).await {
                Ok(()) | Err(InventoryError::SoldOut { .. }) => {}
                Err(error) => panic!("{error}"),
            },
            2 => match give_back_nights(&mut tx, group.id, stay).await {
                Ok(()) | Err(InventoryError::NotTaken { .. }) => {}
                Err(error) => panic!("{error}"),
            },
            _ => {
                let plan = demo_plan(&mut tx, &self.property).await.unwrap();
                let nights =
                    NightRange::new(stay.arrival(), stay.departure(), Weekdays::ALL).unwrap();
                let price = PriceEdit::Set(10_000 + i64::try_from(number).unwrap());
                edit_prices(&mut tx, &plan, &[group.id], nights, price)
                    .await
                    .unwrap();
            }
        }
        // Every fifth one is taken back, and must not be heard of.
        if number.is_multiple_of(5) {
            drop(tx);
        } else {
            tx.commit().await.unwrap();
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn after_any_change_memory_is_what_the_database_says() {
    let motel = Motel::open().await;
    let changes = Changes::listen(motel.database.db()).await.unwrap();
    let calendar = Calendar::new(&changes, ENOUGH);
    heard(&changes).await;
    let mut number = 7_u64;
    for round in 0..12 {
        for _ in 0..3 {
            number = number
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407)
                >> 1;
            motel.change(number % 1_000).await;
        }
        heard(&changes).await;
        for nights in [1, 3, 7] {
            let stay = StayDates::from_nights(day(round % 9), nights).unwrap();
            let request = SearchRequest::new(stay, couple());
            let asked = motel.search(&request).await;
            assert_eq!(
                motel.remembered(&calendar, &request).await,
                asked,
                "round {round}"
            );
            // The second time surely from memory.
            assert_eq!(
                motel.remembered(&calendar, &request).await,
                asked,
                "round {round}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn restrictions_and_the_propertys_own_rules_are_heard_of() {
    let motel = Motel::open().await;
    let changes = Changes::listen(motel.database.db()).await.unwrap();
    let calendar = Calendar::new(&changes, ENOUGH);
    heard(&changes).await;
    let stay = StayDates::from_nights(day(5), 2).unwrap();
    let request = SearchRequest::new(stay, couple());
    assert!(
        !motel
            .remembered(&calendar, &request)
            .await
            .offers
            .is_empty()
    );
    motel
        .restrict(RestrictionKind::MinStayThrough, 5, stay)
        .await;
    heard(&changes).await;
    assert!(
        motel
            .remembered(&calendar, &request)
            .await
            .offers
            .is_empty()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn memory_sells_nothing_that_the_database_refuses() {
    let motel = Motel::open().await;
    let changes = Changes::listen(motel.database.db()).await.unwrap();
    let calendar = Calendar::new(&changes, ENOUGH);
    heard(&changes).await;
    let stay = StayDates::from_nights(day(20), 2).unwrap();
    let request = SearchRequest {
        unit_group: Some("king_suite".to_owned()),
        ..SearchRequest::new(stay, couple())
    };
    let left = motel.remembered(&calendar, &request).await.offers[0].available_count;
    motel
        .sell(
            &motel.rooms.king_suite,
            stay,
            usize::try_from(left).unwrap(),
        )
        .await;
    // Whether or not that was heard by now, the last word is the database's.
    let mut tx = motel.tx().await;
    let refused = take_nights(&mut tx, motel.rooms.king_suite.id, stay).await;
    assert!(matches!(refused, Err(InventoryError::SoldOut { .. })));
    heard(&changes).await;
    assert!(
        motel
            .remembered(&calendar, &request)
            .await
            .offers
            .is_empty()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_line_the_database_is_asked() {
    let motel = Motel::open().await;
    let stay = StayDates::from_nights(day(5), 2).unwrap();
    let request = SearchRequest::new(stay, couple());
    for calendar in [Calendar::off(), Calendar::new(&Changes::deaf(), ENOUGH)] {
        motel.sell(&motel.rooms.king_suite, stay, 1).await;
        assert_eq!(
            motel.remembered(&calendar, &request).await,
            motel.search(&request).await
        );
    }
}
