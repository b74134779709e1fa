//! A clerk has money set aside, takes a part of it, lets go of another.

use diesel_async::SimpleAsyncConnection;
use motel_billing::{Authorisation, IntentState, queries};
use motel_bookings::Booking;

use crate::clerk::{Clerk, SITE};
use crate::motel::{CLERK, Motel, STRANGER};

impl Motel {
    async fn asides(&self, booking: &Booking) -> Vec<Authorisation> {
        let mut tx = self.tx().await;
        queries::authorisations(&mut tx, booking.id).await.unwrap()
    }

    /// The guests agreed, and the gateway told us.
    async fn all_agree(&self) {
        let mut admin = self.test.admin().await;
        let agreed = "UPDATE billing.authorisations SET gateway_reference = 'pi_1', authorised_minor = 20000,
                authorised_until = '2026-12-08 15:00:00+00' WHERE gateway_reference IS NULL;
            UPDATE billing.payment_intents SET state = 'authorised' WHERE state = 'created'";
        admin.batch_execute(agreed).await.unwrap();
    }
}

const ASK: [(&str, &str); 3] = [("amount", "200"), ("on", "page"), ("reason", "minibar")];

#[tokio::test(flavor = "multi_thread")]
async fn money_is_asked_for_taken_and_let_go_on_the_page_of_a_booking() {
    let motel = Motel::open().await;
    let booking = motel.book("Ana Souza", 3, 2).await;
    let page = format!("/console/bookings/{}", booking.code);
    let mut clerk = Clerk::signed_in(&motel, CLERK).await;
    let before = clerk.get(&page).await;
    assert!(before.shows("Ask the card to set aside an amount…"));
    assert!(!before.shows("The card that they left"), "there is none");
    let path = format!("{page}/authorisations");
    for _ in 0..2 {
        let asked = clerk.submit(&path, &ASK).await;
        let to = format!("{page}?news=asked_aside");
        assert_eq!((asked.status, asked.location), (303, to));
    }
    let found = motel.asides(&booking).await;
    let ids: Vec<String> = found
        .iter()
        .map(|it| it.payment.link.id.to_string())
        .collect();
    let seen = clerk.get(&page).await;
    for text in ["Not agreed to yet", "$200.00", "Let it go…"] {
        assert!(seen.shows(text), "{text}: {}", seen.html);
    }
    let url = format!("{SITE}/payments/authorisations/{}", ids[0]);
    assert!(seen.shows(&url) && !seen.shows("Take up to"));
    let early = [("amount", "20"), ("reason", "too early")];
    let early = clerk
        .submit(&format!("{path}/{}/capture", ids[0]), &early)
        .await;
    assert_eq!(early.location, format!("{page}?news=aside_over"));

    motel.all_agree().await;
    let seen = clerk.get(&page).await;
    // Ten in the morning in New York.
    for text in ["Set aside", "Dec 8, 10:00", "Take up to $200.00 of it…"] {
        assert!(seen.shows(text), "{text}: {}", seen.html);
    }
    let capture = format!("{path}/{}/capture", ids[0]);
    let above = clerk
        .submit(&capture, &[("amount", "200.01"), ("reason", "x")])
        .await;
    assert_eq!(above.location, format!("{page}?news=above_aside"));
    assert!(clerk.get(&above.location).await.shows("Nothing was taken."));
    let taken = clerk
        .submit(&capture, &[("amount", "12"), ("reason", "two bottles")])
        .await;
    assert_eq!(taken.location, format!("{page}?news=taking_aside"));
    let let_go = clerk
        .submit(&format!("{path}/{}/void", ids[1]), &[("reason", "gone")])
        .await;
    assert_eq!(let_go.location, format!("{page}?news=letting_go"));
    let found = motel.asides(&booking).await;
    let states: Vec<_> = found.iter().map(|it| it.payment.state).collect();
    assert_eq!(states, [IntentState::Capturing, IntentState::Voiding]);
    let seen = clerk.get(&page).await;
    assert!(seen.shows("Being taken") && seen.shows("Being let go"));
    assert!(!seen.shows("Take up to"), "{}", seen.html);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_makes_no_sense_is_refused_and_others_touch_nothing() {
    let motel = Motel::open().await;
    let booking = motel.book("Ana Souza", 3, 2).await;
    let page = format!("/console/bookings/{}", booking.code);
    let path = format!("{page}/authorisations");
    let mut clerk = Clerk::signed_in(&motel, CLERK).await;
    for fields in [
        [("amount", "-5"), ("on", "page"), ("reason", "x")],
        [("amount", "5.005"), ("on", "page"), ("reason", "x")],
        [("amount", "5"), ("on", "paper"), ("reason", "x")],
        [("amount", "5"), ("on", "page"), ("reason", " ")],
    ] {
        assert_eq!(clerk.submit(&path, &fields).await.status, 422, "{fields:?}");
    }
    let card = [("amount", "5"), ("on", "kept_card"), ("reason", "x")];
    let none = clerk.submit(&path, &card).await;
    assert_eq!(none.location, format!("{page}?news=no_card_kept"));
    assert_eq!(motel.asides(&booking).await, []);

    clerk.submit(&path, &ASK).await;
    motel.all_agree().await;
    let found = motel.asides(&booking).await;
    let id = found[0].payment.link.id;
    let other = motel.book("Bea Lima", 9, 1).await;
    let mut stranger = Clerk::signed_in(&motel, STRANGER).await;
    let fields = [("amount", "5"), ("reason", "mine now")];
    for action in ["capture", "void"] {
        let own = format!("{path}/{id}/{action}");
        assert_eq!(stranger.submit(&own, &fields).await.status, 404);
        let mixed = format!(
            "/console/bookings/{}/authorisations/{id}/{action}",
            other.code
        );
        assert_eq!(clerk.submit(&mixed, &fields).await.status, 404);
    }
    assert_eq!(stranger.submit(&path, &ASK).await.status, 404);
    assert_eq!(motel.asides(&booking).await, found);
}
