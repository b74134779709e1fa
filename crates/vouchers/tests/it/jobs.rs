//! What follows from what happened.

use std::sync::Arc;

use chrono::{Duration, Utc};
use motel_bookings::BookingCancelled;
use motel_jobs::{Chore, Delivery, Handler};
use motel_kernel::{EventId, FixedClock};
use motel_mail::{FileMailbox, Mailer};
use motel_vouchers::jobs::{ExpireGiftCards, GiveBack, MailGiftCard};
use motel_vouchers::{GiftCardId, GiftCardSent, commands};

use crate::motel::{Motel, asked, day, now};

fn delivery<E>(motel: &Motel, event: E) -> Delivery<E> {
    Delivery {
        event_id: EventId::new(),
        tenant: motel.tenant,
        event,
        attempt: 1,
        occurred_at: Utc::now(),
    }
}

/// The line after "Its code: ".
fn code_in(text: &str) -> String {
    let (_, rest) = text.split_once("Its code: ").unwrap();
    rest.lines().next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_mailed_once_with_a_code_that_works() {
    let motel = Motel::open().await;
    let folder = tempfile::tempdir().unwrap();
    let mailbox = FileMailbox::open(folder.path()).await.unwrap();
    let mailer: Arc<dyn Mailer> = Arc::new(mailbox.clone());
    let clock = Arc::new(FixedClock::at(now()));
    let letters = MailGiftCard::new(mailer, clock, "https://motel.example");
    let card = motel.give("carla@example.com").await;
    assert_eq!(card.last_four, None, "no code before it is told");

    let sent = delivery(
        &motel,
        GiftCardSent {
            gift_card_id: card.id,
        },
    );
    letters.handle(motel.test.db(), &sent).await.unwrap();
    let told = motel.card(card.id).await;
    letters.handle(motel.test.db(), &sent).await.unwrap();
    assert_eq!(
        motel.card(card.id).await,
        told,
        "the code that was mailed stays"
    );
    let mails = mailbox.list().await.unwrap();
    assert_eq!(mails.len(), 1);
    let mail = &mails[0];
    assert_eq!(
        (mail.to.as_str(), mail.subject.contains("$50.00")),
        ("carla@example.com", true)
    );
    assert!(
        mail.text.contains("Have a rest!")
            && mail.text.contains("until Thursday, December 31, 2026"),
        "{}",
        mail.text
    );
    let code = code_in(&mail.text);
    assert!(code.ends_with(told.last_four.as_deref().unwrap()));

    // Mailed once more, the first mail's code is worth nothing.
    let mut tx = motel.tx().await;
    let other = "carla.nunes@example.com".parse().unwrap();
    commands::send_gift_card(&mut tx, card.id, Some(&other), now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let again = delivery(
        &motel,
        GiftCardSent {
            gift_card_id: card.id,
        },
    );
    letters.handle(motel.test.db(), &again).await.unwrap();
    let mails = mailbox.list().await.unwrap();
    let newest = mails
        .iter()
        .find(|mail| mail.to == "carla.nunes@example.com")
        .unwrap();
    let booking = motel.book(3).await;
    assert!(motel.redeem(&booking, &asked(&code)).await.is_err());
    motel
        .redeem(&booking, &asked(&code_in(&newest.text)))
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_booking_gives_back_and_a_card_expires_on_its_day() {
    let motel = Motel::open().await;
    let clock = Arc::new(FixedClock::at(now()));
    let (card, code) = motel.sell_until(5_000, Some(day(60))).await;
    let booking = motel.book(9).await;
    motel
        .redeem(&booking, &asked(&code.in_groups()))
        .await
        .unwrap();
    let mut tx = motel.tx().await;
    let by = motel_bookings::By::guest();
    let cancelled =
        motel_bookings::commands::cancel(&mut tx, &motel.property, booking.id, &by, now()).await;
    tx.commit().await.unwrap();
    let event = BookingCancelled {
        booking_id: booking.id,
        code: booking.code.clone(),
        email: booking.booker.email.clone(),
        fee: cancelled.unwrap().cancellation().unwrap().fee,
    };
    let told = delivery(&motel, event);
    for _ in 0..2 {
        GiveBack::new(clock.clone())
            .handle(motel.test.db(), &told)
            .await
            .unwrap();
    }
    assert_eq!(
        (motel.left(card.id).await, motel.balance(&booking).await),
        (5_000, 0)
    );

    let left = async |id: GiftCardId| motel.left(id).await;
    let end = card.expires_at.unwrap();
    for (at, expected) in [(end - Duration::seconds(1), 5_000), (end, 0), (end, 0)] {
        let chore = ExpireGiftCards::new(Arc::new(FixedClock::at(at)));
        chore.run(motel.test.db()).await.unwrap();
        assert_eq!(left(card.id).await, expected, "{at}");
    }
    assert_eq!(motel.ledger("revenue:gift_card_expired").await, -5_000);
}
