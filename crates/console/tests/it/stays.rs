//! A clerk lets guests in and out.

use motel_bookings::{Booking, ReservationStatus};

use crate::clerk::{Clerk, Seen};
use crate::motel::{CLERK, Motel, STRANGER};

impl Motel {
    async fn look(&self, booking: &Booking) -> Booking {
        let mut tx = self.tx().await;
        motel_bookings::queries::find(&mut tx, booking.id)
            .await
            .unwrap()
    }
}

fn path(booking: &Booking, action: &str) -> String {
    let stay = booking.first().id;
    format!("/console/bookings/{}/stays/{stay}/{action}", booking.code)
}

impl Clerk<'_> {
    /// Does it with the version as it is now, and `more` fields.
    async fn act(
        &mut self,
        motel: &Motel,
        booking: &Booking,
        action: &str,
        more: &[(&str, &str)],
    ) -> Seen {
        let version = motel.look(booking).await.first().version.to_string();
        let fields = [&[("version", version.as_str())], more].concat();
        self.submit(&path(booking, action), &fields).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_comes_pays_and_leaves() {
    let motel = Motel::open().await;
    let booking = motel.book("Ana Souza", 0, 1).await;
    let page = format!("/console/bookings/{}", booking.code);
    let mut clerk = Clerk::signed_in(&motel, CLERK).await;
    // Two buttons of two rooms do not sound the same.
    let button = r#"Check in<span class="visually-hidden">: "#;
    let seen = clerk.get(&page).await;
    assert!(seen.html.contains(button), "{}", seen.html);

    let came = clerk.act(&motel, &booking, "check-in", &[]).await;
    assert_eq!(came.location, format!("{page}?news=checked_in"), "{came:?}");
    let in_house = clerk.get(&came.location).await;
    let owes = format!("Check out: the guests still owe {}", booking.total());
    for text in ["Checked in.", "In house", owes.as_str()] {
        assert!(in_house.shows(text), "{text}: {}", in_house.html);
    }

    let owing = clerk.act(&motel, &booking, "check-out", &[]).await;
    assert_eq!(owing.location, format!("{page}?news=folio_not_even"));
    let stay = motel.look(&booking).await;
    assert_eq!(stay.status(), ReservationStatus::InHouse);

    let all = booking.total().to_decimal_string();
    let payment = [("amount", all.as_str()), ("way", "card_terminal")];
    clerk.submit(&format!("{page}/payments"), &payment).await;
    let left = clerk.act(&motel, &booking, "check-out", &[]).await;
    assert_eq!(left.location, format!("{page}?news=checked_out"));
    let stay = motel.look(&booking).await;
    assert_eq!(stay.status(), ReservationStatus::CheckedOut);

    let back = clerk.act(&motel, &booking, "undo", &[]).await;
    assert_eq!(back.location, format!("{page}?news=undone"));
    let stay = motel.look(&booking).await;
    assert_eq!(stay.status(), ReservationStatus::InHouse);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_owes_something_leaves_only_for_a_reason() {
    let motel = Motel::open().await;
    let booking = motel.book("Ana Souza", 0, 1).await;
    let mut clerk = Clerk::signed_in(&motel, CLERK).await;
    clerk.act(&motel, &booking, "check-in", &[]).await;

    let anyway = [("anyway", "yes"), ("reason", " ")];
    let no_reason = clerk.act(&motel, &booking, "check-out", &anyway).await;
    assert_eq!(no_reason.status, 422);
    let anyway = [("anyway", "yes"), ("reason", "the company pays")];
    let left = clerk.act(&motel, &booking, "check-out", &anyway).await;
    assert!(left.location.ends_with("checked_out"), "{left:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_is_said_and_nothing_changes() {
    let motel = Motel::open().await;
    let booking = motel.book("Ana Souza", 3, 2).await;
    let mut clerk = Clerk::signed_in(&motel, CLERK).await;
    let page = clerk
        .get(&format!("/console/bookings/{}", booking.code))
        .await;
    let early = "Check in: the guest is not expected before 2026-12-04.";
    assert!(page.shows(early), "{}", page.html);
    assert!(!page.shows("Nobody came"));

    let too_early = clerk.act(&motel, &booking, "check-in", &[]).await;
    assert!(
        too_early.location.ends_with("before_arrival"),
        "{too_early:?}"
    );
    let stale = [("version", "0")];
    let stale = clerk.submit(&path(&booking, "no-show"), &stale).await;
    assert!(stale.location.ends_with("changed_meanwhile"), "{stale:?}");
    for (action, status) in [("burn-down", 404), ("confirm", 404)] {
        let refused = clerk.act(&motel, &booking, action, &[]).await;
        assert_eq!(refused.status, status, "{action}");
    }

    let mut other = Clerk::signed_in(&motel, STRANGER).await;
    assert_eq!(
        other.act(&motel, &booking, "no-show", &[]).await.status,
        404
    );
    let second = motel.book("Bea Lima", 9, 1).await;
    let mixed =
        path(&second, "check-in").replace(&second.code.to_string(), &booking.code.to_string());
    assert_eq!(clerk.submit(&mixed, &[("version", "1")]).await.status, 404);
    let stay = motel.look(&booking).await;
    assert_eq!(stay.first().version, booking.first().version);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_allowance_is_taken_off_the_folio() {
    let motel = Motel::open().await;
    let booking = motel.book("Ana Souza", 3, 2).await;
    let page = format!("/console/bookings/{}", booking.code);
    let mut clerk = Clerk::signed_in(&motel, CLERK).await;
    let allowance = [("amount", "12.50"), ("reason", "the heating was off")];
    let given = clerk
        .submit(&format!("{page}/allowances"), &allowance)
        .await;
    assert_eq!(given.location, format!("{page}?news=allowed"));
    let after = clerk.get(&page).await;
    assert!(after.shows("Allowance") && after.shows("-$12.50"));
    let nothing = [("amount", "0"), ("reason", "nothing")];
    let nothing = clerk.submit(&format!("{page}/allowances"), &nothing).await;
    assert_eq!(nothing.status, 422);
}
