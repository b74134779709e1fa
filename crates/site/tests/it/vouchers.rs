//! A guest pays with a gift card or a coupon on the page of their booking, without JavaScript.

use motel_bookings::By;
use motel_kernel::{Currency, Money};
use motel_rates::DateWindow;
use motel_vouchers::commands::{self, NewGiftCard};
use motel_vouchers::{CouponDetails, CouponWorth, PaidBy, Recipient};

use crate::guest::{Guest, Seen};
use crate::motel::{Motel, now};

const FORM: &str =
    "/book?check_in=2026-12-07&check_out=2026-12-09&adults=2&room_type=standard_queen";

impl Motel {
    /// A gift card of so much; its code.
    async fn gift_card(&self, minor: i64) -> String {
        let mut tx = self.tx().await;
        let property = motel_tenancy::queries::default_property(&mut tx).await;
        let wanted = NewGiftCard {
            amount: Money::new(minor, Currency::USD),
            paid_by: PaidBy::Cash,
            expires_on: None,
            buyer_email: None,
            recipient: Recipient::default(),
        };
        let (property, by) = (property.unwrap(), By::system());
        let card = commands::issue_gift_card(&mut tx, &property, &wanted, by, now()).await;
        let told = commands::tell_code(&mut tx, card.unwrap().id, now()).await;
        tx.commit().await.unwrap();
        told.unwrap().1.in_groups()
    }

    async fn coupon(&self, code: &str, minor: i64) {
        let mut tx = self.tx().await;
        let property = motel_tenancy::queries::default_property(&mut tx).await;
        let details = CouponDetails {
            code: code.to_owned(),
            name: code.to_owned(),
            currency: Currency::USD,
            worth: CouponWorth::Amount(minor),
            valid: DateWindow::default(),
            stay: DateWindow::default(),
            min_spend_minor: 0,
            room_types: Vec::new(),
            rate_plans: Vec::new(),
            first_booking_only: false,
            max_uses: None,
            max_uses_per_guest: None,
            max_total_minor: None,
        };
        commands::create_coupon(&mut tx, property.unwrap().id, &details)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    }
}

/// Books a room of $268.80; the path of the booking's page.
async fn book(guest: &mut Guest<'_>) -> String {
    let form = guest.get(FORM).await;
    let hidden = form.hidden();
    let mut fields: Vec<_> = hidden
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    fields.extend([("full_name", "Ada Lovelace"), ("email", "ada@example.com")]);
    let sent = guest.post("/book", &fields).await;
    let path = sent.location.split('?').next().unwrap().to_owned();
    assert!(path.starts_with("/booking/RM-"), "{path}");
    path
}

/// Types a code into the form of a page that was seen, and sends it.
async fn use_code(guest: &mut Guest<'_>, page: &str, seen: &Seen, code: &str) -> Seen {
    let hidden = seen.hidden();
    let once = hidden.iter().find(|(name, _)| name == "once").unwrap();
    let fields = [("voucher", code), ("once", once.1.as_str())];
    guest.post(&format!("{page}/voucher"), &fields).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gift_card_and_a_coupon_are_taken_off_and_the_rest_is_asked_for() {
    let motel = Motel::open().await;
    let code = motel.gift_card(5_000).await;
    motel.coupon("TEN", 1_000).await;
    let mut guest = Guest::of(&motel);
    let page = book(&mut guest).await;
    let seen = guest.get(&page).await;
    assert!(seen.shows("Gift card or coupon"), "{}", seen.html);

    let used = use_code(&mut guest, &page, &seen, "ten").await;
    assert_eq!(used.location, format!("{page}?redeemed=1"));
    let after = guest.follow(used).await;
    for text in ["Taken off", "Coupon TEN: -$10.00.", "Pay $258.80 now"] {
        assert!(after.shows(text), "{text}: {}", after.html);
    }
    // The same form twice, as by a double click, pays once.
    let sent = use_code(&mut guest, &page, &after, &code).await;
    let twice = use_code(&mut guest, &page, &after, &code).await;
    assert_eq!((sent.status, twice.status), (303, 303));
    let left = guest.follow(sent).await;
    for text in ["Gift card ending in", "-$50.00", "Pay $208.80 now"] {
        assert!(left.shows(text), "{text}: {}", left.html);
    }
    // What comes back when it is cancelled: the card, and not the coupon.
    let ask = guest.get(&format!("{page}/cancel")).await;
    let back = "<dt>You get back</dt><dd>$50.00</dd>";
    assert!(ask.shows(back), "{}", ask.html);
    guest.post(&format!("{page}/cancel"), &[]).await;
    let cancelled = guest.get(&page).await;
    assert!(
        !cancelled.shows("Gift card ending in"),
        "{}",
        cancelled.html
    );
    assert!(!cancelled.shows("We owe you"), "{}", cancelled.html);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_takes_nothing_off_is_said_so_and_stays_typed() {
    let motel = Motel::open().await;
    let spent = motel.gift_card(1).await;
    let mut guest = Guest::of(&motel);
    let page = book(&mut guest).await;
    let seen = guest.get(&page).await;
    assert_eq!(use_code(&mut guest, &page, &seen, &spent).await.status, 303);
    let mut said = Vec::new();
    for code in [spent.as_str(), "AAAAA-AAAAA-AAAAA-AAAAA", "NO-SUCH", "<b>?"] {
        let seen = guest.get(&page).await;
        let refused = use_code(&mut guest, &page, &seen, code).await;
        assert_eq!(refused.status, 422, "{code}");
        assert!(
            refused.shows("voucher-error") && !refused.shows("<b>?"),
            "{}",
            refused.html
        );
        let (_, rest) = refused.html.split_once("id=\"voucher-error\">").unwrap();
        said.push(rest.split('<').next().unwrap().to_owned());
    }
    // A guess, a spent card and a coupon that is none look alike.
    assert!(said[0] == said[1] && said[1] == said[2], "{said:?}");
    let still = guest.get(&page).await;
    assert!(still.shows("Pay $268.79 now"), "{}", still.html);
    let stranger = Guest::of(&motel)
        .post(&format!("{page}/voucher"), &[("voucher", &spent)])
        .await;
    assert!(
        stranger.location.contains("/my-booking"),
        "{}",
        stranger.location
    );
}
