use futures::future::join_all;
use motel_inventory::commands::{give_back_nights, take_nights};
use motel_inventory::{InventoryError, UnitGroup};
use motel_kernel::StayDates;

use crate::{Motel, day, stay};

async fn take(motel: &Motel, group: &UnitGroup, stay: StayDates) -> Result<(), InventoryError> {
    let mut tx = motel.tx().await;
    take_nights(&mut tx, group.id, stay).await?;
    tx.commit().await.unwrap();
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_at_once_for_three_units_make_three_sales() {
    let motel = Motel::open().await;
    let king = &motel.rooms.king_suite;

    // All of these stays share the night of day(10), so no more than three of them fit.
    let stays =
        (0..50_u64).map(|round| stay(10 - round % 5, 5 + u32::try_from(round % 4).unwrap()));
    let outcomes = join_all(stays.map(|stay| take(&motel, king, stay))).await;

    let won = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
    assert_eq!(won, 3);
    for refused in outcomes.iter().filter_map(|outcome| outcome.as_ref().err()) {
        assert!(
            matches!(refused, InventoryError::SoldOut { .. }),
            "{refused:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn takers_and_givers_in_both_directions_leave_the_counters_as_they_were() {
    let motel = Motel::open().await;
    let king = &motel.rooms.king_suite;

    let round_trip = async |round: u64| {
        let stay = stay(round * 7 % 20, 1 + u32::try_from(round % 9).unwrap());
        match take(&motel, king, stay).await {
            Ok(()) => {}
            Err(InventoryError::SoldOut { .. }) => return,
            Err(deadlock_or_worse) => panic!("{deadlock_or_worse:?}"),
        }
        let mut tx = motel.tx().await;
        give_back_nights(&mut tx, king.id, stay).await.unwrap();
        tx.commit().await.unwrap();
    };
    join_all((0..60).map(round_trip)).await;

    assert_eq!(motel.sold(king).await, 0);
    // Nothing is left behind that would keep the last unit from being sold.
    for _ in 0..3 {
        take(&motel, king, stay(0, 30)).await.unwrap();
    }
    let refused = take(&motel, king, stay(0, 30)).await;
    assert!(matches!(refused, Err(InventoryError::SoldOut { night }) if night == day(0)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sold_out_answer_does_not_wait_for_a_lock() {
    let motel = Motel::open().await;
    let king = &motel.rooms.king_suite;
    for _ in 0..3 {
        take(&motel, king, stay(0, 1)).await.unwrap();
    }
    let mut holder = motel.tx().await;
    give_back_nights(&mut holder, king.id, stay(0, 1))
        .await
        .unwrap();

    // `holder` keeps the row locked: this would wait for ever if it asked for the lock.
    let refused = take(&motel, king, stay(0, 1)).await;
    assert!(matches!(refused, Err(InventoryError::SoldOut { .. })));
    holder.commit().await.unwrap();
    take(&motel, king, stay(0, 1)).await.unwrap();
}
