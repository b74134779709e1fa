use motel_conversations::{Channel, EngineKind, NewTurn, NewTurnRecord, Speaker};
use motel_leads::{Contact, LeadSource, NewLead, Notes, WantedDates};
use serde_json::json;

use crate::clerk::Clerk;
use crate::motel::{CLERK, Motel, STRANGER, now};

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_desk_says_so() {
    let motel = Motel::open().await;
    let seen = Clerk::signed_in(&motel, CLERK).await.get("/console").await;
    assert_eq!(seen.status, 200);
    for text in [
        "Tuesday, December 1",
        "Nobody arrives today.",
        "Nobody leaves today.",
        "No bookings yet.",
        "No leads yet.",
    ] {
        assert!(seen.shows(text), "{text}");
    }
    // The member's name is text, whatever it holds.
    assert!(
        seen.shows("Dana &#60;clerk@motel.example&#62;"),
        "{}",
        seen.html
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_day_and_the_newest_bookings_are_listed() {
    let motel = Motel::open().await;
    let arriving = motel.book("Ana Souza", 0, 2).await;
    let later = motel.book("Ben Okri", 5, 1).await;
    let mut clerk = Clerk::signed_in(&motel, CLERK).await;
    let seen = clerk.get("/console/desk").await;
    assert!(!seen.shows("<html"));
    assert!(seen.shows(&format!("data-row=\"arrivals-{}\"", arriving.code)));
    assert!(!seen.shows(&format!("data-row=\"arrivals-{}\"", later.code)));
    // Two weekday nights at $180 and 12 %.
    assert!(seen.shows("$403.20") && seen.shows("Dec 6 – Dec 7") && seen.shows("King Suite 1"));
    // One of ten rooms is taken tonight.
    assert!(
        seen.shows(
            "<span class=\"figure\">9</span><span class=\"label\">rooms free tonight</span>"
        )
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_booking_is_shown_with_its_folio() {
    let motel = Motel::open().await;
    let booking = motel.book("Ana Souza", 3, 2).await;
    let path = format!("/console/bookings/{}", booking.code);
    let mut clerk = Clerk::signed_in(&motel, CLERK).await;
    let seen = clerk.get(&path).await;
    for text in ["still to come", "Room, ", "charge"] {
        assert!(seen.shows(text), "{text}");
    }

    let mut tx = motel.tx().await;
    let cancelled = motel_bookings::commands::cancel(
        &mut tx,
        &motel.demo.property,
        booking.id,
        &motel_bookings::By::guest(),
        now(),
    )
    .await
    .unwrap();
    motel_billing::commands::keep_folio(&mut tx, &cancelled)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let seen = clerk.get(&path).await;
    let nothing = "Nothing has been posted yet.";
    for text in ["Cancelled", "ana@example.com", nothing, "Balance $0.00"] {
        assert!(seen.shows(text), "{text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn conversations_and_leads_are_listed_and_read() {
    let motel = Motel::open().await;
    let mut tx = motel.tx().await;
    let talk = motel_conversations::commands::start(&mut tx, Channel::Web)
        .await
        .unwrap();
    let answer = NewTurn::said(Speaker::Concierge, "Good morning.").recorded(record());
    motel_conversations::commands::record_turn(&mut tx, talk.id, answer)
        .await
        .unwrap();
    let words = NewTurn::said(
        Speaker::Guest,
        "<img src=x onerror=alert(1)> do you take dogs?",
    );
    motel_conversations::commands::record_turn(&mut tx, talk.id, words)
        .await
        .unwrap();
    let lead = NewLead {
        name: "Grace Hopper".to_owned().try_into().unwrap(),
        contact: Contact::new(Some("grace@example.com".parse().unwrap()), None).unwrap(),
        wanted: WantedDates::default(),
        party: None,
        source: LeadSource::web(),
        notes: Notes::default(),
        conversation: Some(talk.id),
    };
    motel_leads::commands::capture(&mut tx, &lead)
        .await
        .unwrap();
    tx.commit().await.unwrap();

    let mut clerk = Clerk::signed_in(&motel, CLERK).await;
    let seen = clerk.get("/console").await;
    assert!(
        seen.shows("LD00001") && seen.shows("grace@example.com") && seen.shows("do you take dogs?")
    );
    assert!(!seen.shows("<img src=x"));
    let transcript = clerk
        .get(&format!("/console/conversations/{}", talk.id))
        .await;
    assert!(transcript.shows("do you take dogs?") && !transcript.shows("<img src=x"));
    assert!(transcript.shows("Built in, in the place of a model (untraceable figure)"));
    assert!(transcript.shows("120 tokens") && transcript.shows("search knowledge: nothing"));
    assert!(transcript.shows("Not sent: Dogs cost $9.") && !transcript.shows("<b>9"));
}

/// An answer that a model was not let give.
fn record() -> NewTurnRecord {
    NewTurnRecord {
        engine: EngineKind::BuiltIn,
        version: "0.0.0".to_owned(),
        fallback: Some("untraceable_figure".to_owned()),
        tokens_read: 100,
        tokens_written: 20,
        cost_micros: 0,
        took_ms: 12,
        details: json!({
            "tools": [{"name": "search_knowledge", "outcome": "nothing"}],
            "withheld": [{"text": "Dogs cost $9."}, {"text": "<b>9"}],
        }),
        recorded_at: now(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_tenants_clerk_finds_nothing_of_it() {
    let motel = Motel::open().await;
    let booking = motel.book("Ana Souza", 0, 2).await;
    let mut tx = motel.tx().await;
    let talk = motel_conversations::commands::start(&mut tx, Channel::Web)
        .await
        .unwrap();
    tx.commit().await.unwrap();

    let mut stranger = Clerk::signed_in(&motel, STRANGER).await;
    let desk = stranger.get("/console").await;
    assert!(desk.status == 200 && !desk.shows("Ana Souza") && !desk.shows(booking.code.as_str()));
    for path in [
        format!("/console/bookings/{}", booking.code),
        format!("/console/conversations/{}", talk.id),
        "/console/conversations/nonsense".to_owned(),
        "/console/bookings/nonsense".to_owned(),
    ] {
        assert_eq!(stranger.get(&path).await.status, 404, "{path}");
    }
}
