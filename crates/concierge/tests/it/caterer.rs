//! A business without rooms: questions are answered, and who wants to book leaves details for a person.

use motel_testkit::TestDb;

use crate::stage::{OWNERS, Stage};

#[tokio::test(flavor = "multi_thread")]
async fn a_dinner_is_taken_down_for_a_person_and_no_room_is_named() {
    let test = TestDb::new(OWNERS).await;
    let stage = Stage::caterer(&test, "2026-12-01T15:00:00Z".parse().unwrap()).await;
    let conversation = stage.conversation().await;
    let hello = stage.say(conversation, "hello").await;
    assert!(!hello.text.contains("room"), "{}", hello.text);
    let answer = stage.say(conversation, "how far do you travel?").await;
    assert!(answer.text.contains("miles"), "{}", answer.text);
    let asked = stage
        .say(
            conversation,
            "I'd like to book a dinner for 8 people on December 20",
        )
        .await;
    assert!(
        !asked.text.contains('$') && asked.booking.is_none(),
        "{}",
        asked.text
    );
    let taken = stage
        .say(conversation, "Ines Prado, ines@example.com, no phone")
        .await;
    assert_eq!(taken.lead_id.as_deref(), Some("LD00001"), "{}", taken.text);
    let leads = motel_leads::queries::recent(&mut stage.tx().await, 10)
        .await
        .unwrap();
    let lead = &leads[0];
    assert_eq!(lead.full_name(), "Ines Prado");
    assert_eq!(lead.check_in, "2026-12-20".parse().ok());
    assert_eq!(lead.adults, Some(8));
}
