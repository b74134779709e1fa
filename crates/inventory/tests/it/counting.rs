use diesel_async::SimpleAsyncConnection;
use motel_inventory::InventoryError;
use motel_inventory::commands::{give_back_nights, take_nights};

use crate::{Motel, day, stay};

#[tokio::test(flavor = "multi_thread")]
async fn the_night_after_the_last_unit_is_sold_out_and_named() {
    let motel = Motel::open().await;
    let pets = motel.rooms.pet_friendly.id;
    let mut tx = motel.tx().await;
    take_nights(&mut tx, pets, stay(3, 1)).await.unwrap();
    take_nights(&mut tx, pets, stay(3, 2)).await.unwrap();

    let refused = take_nights(&mut tx, pets, stay(1, 5)).await;
    assert!(matches!(refused, Err(InventoryError::SoldOut { night }) if night == day(3)));
    // Departing on the full night is fine, and so is arriving the day after.
    take_nights(&mut tx, pets, stay(1, 2)).await.unwrap();
    take_nights(&mut tx, pets, stay(4, 1)).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_stay_takes_none_of_its_nights() {
    let motel = Motel::open().await;
    let pets = motel.rooms.pet_friendly.id;
    let mut tx = motel.tx().await;
    for _ in 0..2 {
        take_nights(&mut tx, pets, stay(5, 1)).await.unwrap();
    }
    take_nights(&mut tx, pets, stay(3, 3)).await.unwrap_err();
    tx.commit().await.unwrap();
    assert_eq!(motel.sold(&motel.rooms.pet_friendly).await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn beyond_the_open_nights_nothing_is_sold() {
    let motel = Motel::open().await;
    let queen = motel.rooms.standard_queen.id;
    let mut tx = motel.tx().await;
    let refused = take_nights(&mut tx, queen, stay(29, 2)).await;
    assert!(matches!(refused, Err(InventoryError::NotOpen { night }) if night == day(30)));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_given_back_can_be_sold_again_and_only_once_given_back() {
    let motel = Motel::open().await;
    let pets = motel.rooms.pet_friendly.id;
    let mut tx = motel.tx().await;
    for _ in 0..2 {
        take_nights(&mut tx, pets, stay(0, 3)).await.unwrap();
    }
    give_back_nights(&mut tx, pets, stay(0, 3)).await.unwrap();
    take_nights(&mut tx, pets, stay(0, 3)).await.unwrap();
    for _ in 0..2 {
        give_back_nights(&mut tx, pets, stay(0, 3)).await.unwrap();
    }
    let refused = give_back_nights(&mut tx, pets, stay(0, 3)).await;
    assert!(matches!(refused, Err(InventoryError::NotTaken { night }) if night == day(0)));
    tx.commit().await.unwrap();
    assert_eq!(motel.sold(&motel.rooms.pet_friendly).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_transaction_that_is_dropped_took_nothing() {
    let motel = Motel::open().await;
    let mut tx = motel.tx().await;
    take_nights(&mut tx, motel.rooms.king_suite.id, stay(0, 7))
        .await
        .unwrap();
    drop(tx);
    // A fresh transaction on the same row waits for the rollback, so the count below cannot come too early.
    let mut tx = motel.tx().await;
    take_nights(&mut tx, motel.rooms.king_suite.id, stay(0, 1))
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(motel.sold(&motel.rooms.king_suite).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_check_on_the_counter_is_the_last_guard() {
    let motel = Motel::open().await;
    let mut admin = motel.database.admin().await;
    // A writer that does not go by the rules: every sale counts as ten.
    admin
        .batch_execute(
            "CREATE FUNCTION oversell() RETURNS trigger LANGUAGE plpgsql AS
                 $$ BEGIN NEW.sold := OLD.sold + 10; RETURN NEW; END $$;
             CREATE TRIGGER oversell BEFORE UPDATE ON inventory.nightly_counters
                 FOR EACH ROW EXECUTE FUNCTION oversell()",
        )
        .await
        .unwrap();
    let mut tx = motel.tx().await;
    let refused = take_nights(&mut tx, motel.rooms.king_suite.id, stay(0, 1)).await;
    assert!(
        matches!(refused, Err(InventoryError::SoldOut { .. })),
        "{refused:?}"
    );
    drop(tx);
    assert_eq!(motel.sold(&motel.rooms.king_suite).await, 0);
}
