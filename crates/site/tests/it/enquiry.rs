use crate::guest::Guest;
use crate::motel::Motel;

const PAGE: &str = "/t/other-motel";

#[tokio::test(flavor = "multi_thread")]
async fn a_place_without_rooms_offers_no_search() {
    let motel = Motel::open().await;
    let seen = Guest::of(&motel).get(PAGE).await;
    assert_eq!(seen.status, 200);
    assert!(seen.shows("does not take bookings online") && !seen.shows("See rooms"));
    assert!(seen.shows("data-endpoint=\"/api/v1/public/other-motel/chat\""));
    assert!(seen.shows("action=\"/t/other-motel/contact\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_contact_form_becomes_a_lead_of_that_tenant() {
    let motel = Motel::open().await;
    let mut guest = Guest::of(&motel);
    let fields = [
        ("full_name", "Grace Hopper"),
        ("email", "grace@example.com"),
        ("guests", "8"),
        ("date", "2026-12-24"),
        ("notes", "A dinner for eight; robert'); DROP TABLE leads;--"),
    ];
    let sent = guest.post("/t/other-motel/contact", &fields).await;
    let seen = guest.follow(sent).await;
    assert!(seen.shows("LD00001"), "{}", seen.html);

    let mut tx = motel.test.db().tenant(motel.other).await.unwrap();
    let leads = motel_leads::queries::recent(&mut tx, 10).await.unwrap();
    assert_eq!(leads.len(), 1);
    assert_eq!(
        (leads[0].adults, leads[0].source.as_str()),
        (Some(8), "web")
    );
    assert!(leads[0].notes.ends_with("DROP TABLE leads;--"));
    assert!(
        motel_leads::queries::recent(&mut motel.tx().await, 10)
            .await
            .unwrap()
            .is_empty()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_enquiry_stores_nothing() {
    let motel = Motel::open().await;
    let mut guest = Guest::of(&motel);
    for fields in [
        [("full_name", ""), ("email", "grace@example.com")],
        [("full_name", "Grace"), ("email", "grace@")],
        [("full_name", "Grace"), ("email", "")],
    ] {
        let seen = guest.post("/t/other-motel/contact", &fields).await;
        assert_eq!(seen.status, 422, "{fields:?}");
        assert!(seen.shows("field-error"));
    }
    let mut tx = motel.test.db().tenant(motel.other).await.unwrap();
    assert!(
        motel_leads::queries::recent(&mut tx, 10)
            .await
            .unwrap()
            .is_empty()
    );
}
