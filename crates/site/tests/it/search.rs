use crate::guest::Guest;
use crate::motel::Motel;

#[tokio::test(flavor = "multi_thread")]
async fn without_dates_every_room_is_shown_with_its_lowest_price() {
    let motel = Motel::open().await;
    let seen = Guest::of(&motel).get("/").await;
    assert_eq!(seen.status, 200);
    for text in [
        "Standard Queen",
        "King Suite",
        "Pet-Friendly",
        "$120.00",
        "$180.00",
        ">VACANCY<",
        "Dogs and cats are welcome",
    ] {
        assert!(seen.shows(text), "{text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn offers_name_every_night_the_tax_and_the_total() {
    let motel = Motel::open().await;
    // Thursday to Sunday: 120 + 144 + 144 and 12 %.
    let seen = Guest::of(&motel)
        .get("/?check_in=2026-12-03&check_out=2026-12-06&adults=2")
        .await;
    assert_eq!(seen.status, 200);
    for text in [
        "Thu, Dec 3 to Sun, Dec 6",
        "$120.00",
        "$144.00",
        "Room tax",
        "$456.96",
        "for 3 nights",
        "Only 2 left",
    ] {
        assert!(seen.shows(text), "{text}");
    }
    assert!(
        seen.shows("/book?check_in=2026-12-03&amp;check_out=2026-12-06")
            || seen.shows("/book?check_in=2026-12-03&#38;check_out=2026-12-06")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pet_is_shown_only_rooms_it_may_sleep_in() {
    let motel = Motel::open().await;
    let seen = Guest::of(&motel)
        .get("/?check_in=2026-12-07&check_out=2026-12-08&adults=2&pets=1")
        .await;
    assert!(seen.shows("Book<span class=\"visually-hidden\"> the Pet-Friendly"));
    assert!(!seen.shows("Book<span class=\"visually-hidden\"> the Standard Queen"));
    assert!(seen.shows("Pet fee"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_searched_is_said_at_the_form() {
    let motel = Motel::open().await;
    let mut guest = Guest::of(&motel);
    let cases = [
        (
            "check_in=2026-12-06&check_out=2026-12-03",
            "check-out must be after check-in",
        ),
        ("check_in=2026-11-01&check_out=2026-11-03", "past"),
        ("check_in=soon&check_out=2026-12-03", "must be a date"),
        (
            "check_in=2026-12-03&check_out=2026-12-06&adults=0",
            "at least one adult",
        ),
        (
            "check_in=2026-12-03&check_out=2026-12-06&adults=-1",
            "at least one adult",
        ),
        (
            "check_in=2026-12-03&check_out=2054-04-20",
            "can&#39;t be longer",
        ),
    ];
    for (query, words) in cases {
        let seen = guest.get(&format!("/?{query}")).await;
        assert_eq!(seen.status, 422, "{query}");
        assert!(
            seen.shows(words) && seen.shows("See rooms"),
            "{query}: {}",
            seen.html
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn html_in_the_query_comes_back_as_text() {
    let motel = Motel::open().await;
    let seen = Guest::of(&motel)
        .get("/?check_in=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&check_out=x")
        .await;
    assert_eq!(seen.status, 422);
    assert!(!seen.shows("<script>alert"));
}

#[tokio::test(flavor = "multi_thread")]
async fn when_nothing_is_free_near_dates_are_offered_and_the_sign_says_so() {
    let motel = Motel::open().await;
    let mut guest = Guest::of(&motel);
    for name in ["ada", "ben"] {
        let form = guest.get("/book?check_in=2026-12-08&check_out=2026-12-09&adults=1&pets=1&room_type=pet_friendly").await;
        let email = format!("{name}@example.com");
        let mut fields = form.hidden();
        fields.push(("full_name".into(), name.into()));
        fields.push(("email".into(), email));
        let fields: Vec<_> = fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        assert_eq!(guest.post("/book", &fields).await.status, 303);
    }
    let seen = guest
        .get("/?check_in=2026-12-08&check_out=2026-12-09&adults=1&pets=1")
        .await;
    assert!(
        seen.shows("NO VACANCY") && seen.shows("Sold out on the night"),
        "{}",
        seen.html
    );
    assert!(seen.shows("Dec 7 – Dec 8, from $"), "{}", seen.html);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_tenant_is_a_404_page() {
    let motel = Motel::open().await;
    let seen = Guest::of(&motel).get("/t/nobody").await;
    assert_eq!(seen.status, 404);
    assert!(seen.shows("<main"));
}
