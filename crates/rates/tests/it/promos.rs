//! Uses of promo codes are counted exactly, whoever asks at the same moment.

use motel_kernel::BookingId;
use motel_rates::commands::{
    change_promo_code, create_promo_code, give_back_promo, remove_promo_code, use_promo,
};
use motel_rates::{DateWindow, PromoCodeDetails, PromoDiscount, RatesError, Reason, queries};

use crate::Motel;

fn winter(max_uses: Option<i32>) -> PromoCodeDetails {
    PromoCodeDetails {
        code: "winter10".to_owned(),
        name: "Winter".to_owned(),
        active: true,
        discount: PromoDiscount::Percent(1_000),
        booking: DateWindow::default(),
        stay: DateWindow::default(),
        rate_plans: Vec::new(),
        max_uses,
    }
}

async fn uses(motel: &Motel) -> i32 {
    let tx = motel.tx().await;
    queries::promo_codes(&tx, motel.property.id).await.unwrap()[0].uses
}

#[tokio::test(flavor = "multi_thread")]
async fn of_twenty_at_once_for_three_uses_three_win() {
    let motel = Motel::open().await;
    let mut tx = motel.tx().await;
    create_promo_code(&mut tx, motel.property.id, winter(Some(3)))
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let mut takers = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let (db, tenant, property) = (motel.database.db().clone(), motel.tenant, motel.property.id);
        takers.spawn(async move {
            let mut tx = db.tenant(tenant).await.unwrap();
            let outcome = use_promo(&mut tx, property, "Winter10", BookingId::new()).await;
            match outcome {
                Ok(()) => tx.commit().await.map(|()| true).unwrap(),
                Err(RatesError::Promo(Reason::PromoUsedUp)) => false,
                Err(other) => panic!("{other}"),
            }
        });
    }
    let won = takers
        .join_all()
        .await
        .into_iter()
        .filter(|won| *won)
        .count();
    assert_eq!((won, uses(&motel).await), (3, 3));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_booking_uses_a_code_once_and_gives_it_back_once() {
    let motel = Motel::open().await;
    let property = motel.property.id;
    let booking = BookingId::new();
    let mut tx = motel.tx().await;
    let code = create_promo_code(&mut tx, property, winter(Some(1)))
        .await
        .unwrap();
    assert_eq!(code.details.code, "WINTER10");
    for _ in 0..2 {
        use_promo(&mut tx, property, "WINTER10", booking)
            .await
            .unwrap();
    }
    let used = remove_promo_code(&mut tx, property, code.id, None).await;
    assert!(matches!(used, Err(RatesError::InUse { .. })));
    drop(tx);
    let mut tx = motel.tx().await;
    create_promo_code(&mut tx, property, winter(Some(1)))
        .await
        .unwrap();
    use_promo(&mut tx, property, "WINTER10", booking)
        .await
        .unwrap();
    assert!(
        give_back_promo(&mut tx, property, "winter10", booking)
            .await
            .unwrap()
    );
    assert!(
        !give_back_promo(&mut tx, property, "winter10", booking)
            .await
            .unwrap()
    );
    assert!(
        !give_back_promo(&mut tx, property, "summer", booking)
            .await
            .unwrap()
    );
    tx.commit().await.unwrap();
    assert_eq!(uses(&motel).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_ended_cannot_be_used_and_keeps_its_count_through_a_change() {
    let motel = Motel::open().await;
    let property = motel.property.id;
    let mut tx = motel.tx().await;
    let code = create_promo_code(&mut tx, property, winter(None))
        .await
        .unwrap();
    use_promo(&mut tx, property, "WINTER10", BookingId::new())
        .await
        .unwrap();
    let ended = PromoCodeDetails {
        active: false,
        ..winter(None)
    };
    let changed = change_promo_code(&mut tx, property, code.id, ended, Some(1))
        .await
        .unwrap();
    assert_eq!((changed.version, changed.uses), (2, 1));
    let late = use_promo(&mut tx, property, "WINTER10", BookingId::new()).await;
    assert!(matches!(late, Err(RatesError::Promo(Reason::PromoUnknown))));
    tx.commit().await.unwrap();
    assert_eq!(uses(&motel).await, 1);
}
