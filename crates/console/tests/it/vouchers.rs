//! A clerk uses a gift card that a guest shows at the desk.

use motel_bookings::By;
use motel_kernel::{Currency, Money};
use motel_vouchers::commands::{NewGiftCard, issue_gift_card, tell_code};
use motel_vouchers::{PaidBy, Recipient};

use crate::clerk::Clerk;
use crate::motel::{CLERK, Motel, STRANGER, now};

#[tokio::test(flavor = "multi_thread")]
async fn a_gift_card_shown_at_the_desk_pays_as_far_as_it_goes() {
    let motel = Motel::open().await;
    let booking = motel.book("Ana Souza", 3, 2).await;
    let wanted = NewGiftCard {
        amount: Money::new(5_000, Currency::USD),
        paid_by: PaidBy::Cash,
        expires_on: None,
        buyer_email: None,
        recipient: Recipient::default(),
    };
    let mut tx = motel.tx().await;
    let property = &motel.demo.property;
    let card = issue_gift_card(&mut tx, property, &wanted, By::system(), now()).await;
    let (_, code) = tell_code(&mut tx, card.unwrap().id, now()).await.unwrap();
    tx.commit().await.unwrap();
    let code = code.in_groups();

    let page = format!("/console/bookings/{}", booking.code);
    let vouchers = format!("{page}/vouchers");
    let mut stranger = Clerk::signed_in(&motel, STRANGER).await;
    let theirs = stranger.submit(&vouchers, &[("voucher", &code)]).await;
    assert_eq!(theirs.status, 404);
    let mut clerk = Clerk::signed_in(&motel, CLERK).await;
    let news = ["voucher_used", "voucher_not_usable"];
    for expected in news {
        let used = clerk.submit(&vouchers, &[("voucher", &code)]).await;
        assert_eq!(
            (used.status, used.location),
            (303, format!("{page}?news={expected}"))
        );
    }
    assert_eq!(
        clerk.submit(&vouchers, &[("voucher", "")]).await.status,
        422
    );
    let after = clerk.get(&format!("{page}?news=voucher_used")).await;
    for text in [
        "The gift card or coupon is posted",
        "Gift card ending in",
        "-$50.00",
    ] {
        assert!(after.shows(text), "{text}: {}", after.html);
    }
}
