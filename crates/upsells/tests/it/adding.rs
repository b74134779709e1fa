//! What is added to a booking that stands: at the total that was agreed to, by the desk's own command, once.

use motel_bookings::{Booking, queries as bookings};
use motel_upsells::{Added, Addition, Offered, Priced, UpsellError, commands};

use crate::motel::{Motel, noon, package, room, usd};

async fn would_add(motel: &Motel, booking: &Booking, offered: &Offered) -> Option<Priced> {
    let added = Added {
        code: &booking.code,
        email: &booking.booker.email,
        offered,
    };
    let mut tx = motel.tx().await;
    let priced = commands::would_add(&mut tx, motel.property(), &added, noon())
        .await
        .unwrap();
    // Whatever it did is committed: nothing.
    tx.commit().await.unwrap();
    priced
}

async fn add(
    motel: &Motel,
    booking: &Booking,
    offered: &Offered,
    minor: i64,
) -> Result<Addition, UpsellError> {
    let added = Added {
        code: &booking.code,
        email: &booking.booker.email,
        offered,
    };
    let mut tx = motel.tx().await;
    let done = commands::add(&mut tx, motel.property(), &added, usd(minor), noon()).await;
    tx.commit().await.unwrap();
    done
}

async fn find(motel: &Motel, booking: &Booking) -> Booking {
    let mut tx = motel.tx().await;
    bookings::find(&mut tx, booking.id).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_it_would_cost_is_found_without_changing_anything() {
    let motel = Motel::open().await;
    let booking = motel.booking(None).await;
    let late = would_add(&motel, &booking, &package("late")).await.unwrap();
    assert_eq!((late.extra, late.total), (usd(2_800), usd(29_680)));
    let king = would_add(&motel, &booking, &room("king_suite"))
        .await
        .unwrap();
    assert_eq!(
        (king.name.as_str(), king.extra),
        ("King Suite", usd(13_440))
    );
    assert_eq!(would_add(&motel, &booking, &package("spa")).await, None);
    assert_eq!(find(&motel, &booking).await, booking);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_added_at_the_agreed_total_and_no_other() {
    let motel = Motel::open().await;
    let booking = motel.booking(None).await;
    let refused = add(&motel, &booking, &package("late"), 29_679).await;
    assert!(
        matches!(refused, Err(UpsellError::PriceChanged)),
        "{refused:?}"
    );
    assert_eq!(find(&motel, &booking).await, booking);

    let added = add(&motel, &booking, &package("late"), 29_680)
        .await
        .unwrap();
    assert_eq!(
        (added.booking.total(), added.extra),
        (usd(29_680), usd(2_800))
    );
    assert_eq!(added.booking.first().package_code(), Some("late"));
    // A stay has one package, and it is not had twice.
    assert_eq!(would_add(&motel, &booking, &package("wine")).await, None);
    assert!(
        add(&motel, &booking, &package("late"), 29_680)
            .await
            .is_err()
    );
    assert_eq!(find(&motel, &booking).await.total(), usd(29_680));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_yeses_at_once_add_it_once() {
    let motel = Motel::open().await;
    let booking = motel.booking(None).await;
    let late = package("late");
    let (one, two) = tokio::join!(
        add(&motel, &booking, &late, 29_680),
        add(&motel, &booking, &late, 29_680)
    );
    assert_eq!(
        usize::from(one.is_ok()) + usize::from(two.is_ok()),
        1,
        "{one:?} {two:?}"
    );
    let after = find(&motel, &booking).await;
    assert_eq!(after.total(), usd(29_680));
    assert_eq!(after.first().version, booking.first().version + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_booking_and_a_stranger_get_nothing() {
    let motel = Motel::open().await;
    let booking = motel.booking(None).await;
    let mut tx = motel.tx().await;
    let by = motel_bookings::By::guest();
    motel_bookings::commands::cancel(&mut tx, motel.property(), booking.id, &by, noon())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(would_add(&motel, &booking, &package("late")).await, None);

    let other = motel.booking(None).await;
    let stranger = motel_kernel::Email::parse("mallory@example.com").unwrap();
    let late = package("late");
    let added = Added {
        code: &other.code,
        email: &stranger,
        offered: &late,
    };
    let mut tx = motel.tx().await;
    let refused = commands::would_add(&mut tx, motel.property(), &added, noon()).await;
    assert!(refused.is_err());
}
