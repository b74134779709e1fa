use chrono::Duration;
use motel_bookings::{BookingSource, ReservationStatus};

use crate::guest::{Guest, Seen};
use crate::motel::Motel;

const FORM: &str =
    "/book?check_in=2026-12-07&check_out=2026-12-09&adults=2&room_type=standard_queen";
const ADA: [(&str, &str); 3] = [
    ("full_name", "Ada Lovelace"),
    ("email", "ada@example.com"),
    ("phone", ""),
];

async fn send(guest: &mut Guest<'_>, form: &Seen, typed: &[(&str, &str)]) -> Seen {
    let hidden = form.hidden();
    let mut fields: Vec<_> = hidden
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    fields.extend(typed);
    guest.post("/book", &fields).await
}

pub(crate) async fn book(guest: &mut Guest<'_>) -> (String, Seen) {
    let form = guest.get(FORM).await;
    assert!(form.shows("Book for $268.80"), "{}", form.html);
    let sent = send(guest, &form, &ADA).await;
    let code = sent
        .location
        .split(['/', '?'])
        .nth(2)
        .expect("a code")
        .to_owned();
    (code, guest.follow(sent).await)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_room_is_booked_by_form_and_shown() {
    let motel = Motel::open().await;
    let (code, seen) = book(&mut Guest::of(&motel)).await;
    assert_eq!(seen.status, 200);
    for text in [
        "You&#39;re booked",
        code.as_str(),
        "Ada Lovelace",
        "ada@example.com",
        "Pay $268.80 now",
    ] {
        assert!(
            seen.shows(text) || seen.shows(&text.replace("&#39;", "'")),
            "{text}"
        );
    }
    let bookings = motel.bookings().await;
    assert_eq!(bookings.len(), 1);
    assert_eq!(bookings[0].source, BookingSource::Web);
    assert_eq!(bookings[0].code.to_string(), code);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_form_sent_twice_books_once() {
    let motel = Motel::open().await;
    let mut guest = Guest::of(&motel);
    let form = guest.get(FORM).await;
    let first = send(&mut guest, &form, &ADA).await;
    let second = send(&mut guest, &form, &ADA).await;
    assert_eq!(first.location, second.location);
    let changed = [("full_name", "Somebody Else"), ADA[1], ADA[2]];
    let third = send(&mut guest, &form, &changed).await;
    assert_eq!(third.status, 409);
    assert!(third.shows("This form was sent before"));
    assert_eq!(motel.bookings().await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_fields_are_marked_and_what_was_typed_stays() {
    let motel = Motel::open().await;
    let mut guest = Guest::of(&motel);
    let form = guest.get(FORM).await;
    let typed = [
        ("full_name", "<b>Ada</b> O'Neil"),
        ("email", "ada@"),
        ("phone", "12"),
    ];
    let seen = send(&mut guest, &form, &typed).await;
    assert_eq!(seen.status, 422);
    assert!(
        seen.shows("email-error") && seen.shows("phone-error"),
        "{}",
        seen.html
    );
    assert!(seen.shows("O&#39;Neil") && !seen.shows("<b>Ada"));
    assert!(motel.bookings().await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn another_price_than_the_one_shown_is_asked_for_again() {
    let motel = Motel::open().await;
    let mut guest = Guest::of(&motel);
    let form = guest.get(FORM).await;
    let mut hidden = form.hidden();
    hidden
        .iter_mut()
        .filter(|(name, _)| name == "agreed_minor")
        .for_each(|(_, value)| *value = "100".to_owned());
    let mut fields: Vec<_> = hidden
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    fields.extend(ADA);
    let seen = guest.post("/book", &fields).await;
    assert_eq!(seen.status, 409);
    assert!(seen.shows("The price has changed") && seen.shows("Book for $268.80"));
    assert!(motel.bookings().await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_room_taken_meanwhile_leads_back_to_the_search() {
    let motel = Motel::open().await;
    let mut guest = Guest::of(&motel);
    let form = guest.get(FORM).await;
    for number in 0..5 {
        let mut other = Guest::of(&motel);
        let others_form = other.get(FORM).await;
        let email = format!("guest{number}@example.com");
        let typed = [("full_name", "Quick Guest"), ("email", email.as_str())];
        assert_eq!(send(&mut other, &others_form, &typed).await.status, 303);
    }
    let sent = send(&mut guest, &form, &ADA).await;
    let seen = guest.follow(sent).await;
    assert!(
        seen.shows("Somebody was quicker") && seen.shows("King Suite"),
        "{}",
        seen.html
    );
    assert_eq!(motel.bookings().await.len(), 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_sees_nothing_until_code_and_address_fit() {
    let motel = Motel::open().await;
    let (code, _) = book(&mut Guest::of(&motel)).await;
    let mut stranger = Guest::of(&motel);
    for path in [
        format!("/booking/{code}"),
        format!("/booking/{code}/cancel"),
    ] {
        let seen = stranger.get(&path).await;
        assert_eq!(
            (seen.status, seen.location),
            (303, format!("/my-booking?code={code}"))
        );
    }
    let wrong = stranger
        .post(
            "/my-booking",
            &[("code", &code), ("email", "eve@example.com")],
        )
        .await;
    assert_eq!(wrong.status, 404);
    assert!(wrong.shows("No booking found") && !wrong.shows("Ada"));
    assert_eq!(
        stranger
            .post(&format!("/booking/{code}/cancel"), &[])
            .await
            .status,
        303
    );
    assert_eq!(
        motel.bookings().await[0].status(),
        ReservationStatus::Confirmed
    );

    let right = stranger
        .post(
            "/my-booking",
            &[("code", &code.to_lowercase()), ("email", "ADA@example.com")],
        )
        .await;
    assert!(stranger.follow(right).await.shows("Ada Lovelace"));
    let broken = stranger
        .post(
            "/my-booking",
            &[("code", "'; drop table bookings"), ("email", "no")],
        )
        .await;
    assert_eq!(broken.status, 422);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proof_for_one_tenant_opens_nothing_at_another() {
    let motel = Motel::open().await;
    let mut guest = Guest::of(&motel);
    let (code, _) = book(&mut guest).await;
    let seen = guest.get(&format!("/t/other-motel/booking/{code}")).await;
    assert_eq!(
        (seen.status, seen.location),
        (303, format!("/t/other-motel/my-booking?code={code}"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn paying_leads_to_the_gateway_and_says_so_when_it_is_down() {
    let motel = Motel::open().await;
    let mut guest = Guest::of(&motel).with_the_gateway_down();
    let (code, _) = book(&mut guest).await;
    let down = guest.post(&format!("/booking/{code}/pay"), &[]).await;
    assert!(
        guest
            .follow(down)
            .await
            .shows("The payment page did not open")
    );

    let mut guest = Guest::of(&motel);
    let found = guest
        .post(
            "/my-booking",
            &[("code", &code), ("email", "ada@example.com")],
        )
        .await;
    guest.follow(found).await;
    let seen = guest.post(&format!("/booking/{code}/pay"), &[]).await;
    assert_eq!(
        (seen.status, seen.location.as_str()),
        (303, "https://pay.example/26880")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn cancelling_says_first_what_it_costs() {
    let motel = Motel::open().await;
    let mut guest = Guest::of(&motel);
    let (code, _) = book(&mut guest).await;
    let path = format!("/booking/{code}/cancel");
    let early = guest.get(&path).await;
    assert!(
        early.shows("Yes, cancel my booking")
            && early.shows("<dt>Cancellation fee</dt><dd>$0.00</dd>"),
        "{}",
        early.html
    );

    // Past the free days: the first night with its tax.
    guest.waits(Duration::days(6));
    let late = guest.get(&path).await;
    assert!(
        late.shows("<dt>Cancellation fee</dt><dd>$134.40</dd>") && late.shows("Still to pay"),
        "{}",
        late.html
    );

    let sent = guest.post(&path, &[]).await;
    let seen = guest.follow(sent).await;
    assert!(
        seen.shows("This booking is cancelled") && seen.shows("$134.40"),
        "{}",
        seen.html
    );
    assert!(!seen.shows("Cancel this booking"));
    assert_eq!(
        motel.bookings().await[0].status(),
        ReservationStatus::Cancelled
    );
    // A second click changes nothing.
    assert_eq!(guest.post(&path, &[]).await.status, 303);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_impossible_booking_is_sent_back_or_refused() {
    let motel = Motel::open().await;
    let mut guest = Guest::of(&motel);
    assert_eq!(guest.get("/book").await.status, 303);
    assert_eq!(
        guest
            .get("/book?check_in=2026-12-07&check_out=2026-12-09&room_type=")
            .await
            .status,
        303
    );
    assert_eq!(guest.get("/booking/nonsense").await.status, 404);
    let fields = [
        ("check_in", "2026-12-07"),
        ("check_out", "2026-12-09"),
        ("room_type", "penthouse"),
        ADA[0],
        ADA[1],
    ];
    assert_eq!(guest.post("/book", &fields).await.status, 422);
    let long = "x".repeat(20_000);
    assert_eq!(
        guest.post("/book", &[("full_name", &long)]).await.status,
        413
    );
    assert!(motel.bookings().await.is_empty());
}
