use motel_conversations::{Channel, NewTurn, Speaker};
use motel_kernel::Actor;
use motel_shadow::commands::{keep_score, put_candidate};
use motel_shadow::{Candidate, Ending, NewScore, Terms};
use serde_json::json;

use crate::clerk::Clerk;
use crate::motel::{CLERK, Motel, STRANGER, now};

const PAGE: &str = "/console/rehearsals";

async fn trying(motel: &Motel, terms: Terms) {
    let mut tx = motel.tx().await;
    let candidate = Candidate::model(Some("a-<model>".to_owned()));
    put_candidate(&mut tx, None, &candidate, terms, Actor::System, now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

/// An answer that the candidate would have given with another price.
async fn differs(motel: &Motel, ending: Ending) {
    let mut tx = motel.tx().await;
    let started = motel_conversations::commands::start(&mut tx, Channel::Web)
        .await
        .unwrap();
    let said = NewTurn::said(Speaker::Concierge, "It is $604.80.");
    let heard = motel_conversations::commands::record_turn(&mut tx, started.id, said)
        .await
        .unwrap();
    let score = NewScore {
        conversation_id: started.id,
        seq: heard.seq,
        live: false,
        candidate: "a-<model>".to_owned(),
        intent: "price".to_owned(),
        ending,
        fallback: None,
        took_ms: 40,
        agreement: Some(50),
        details: json!({
            "words": "It is <b>$1.00</b>.",
            "tools": { "kept": [], "tried": [] },
            "figures": { "kept": ["$604.80"], "tried": ["$1.00"] },
        }),
    };
    keep_score(&mut tx, score, now()).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_owner_sees_how_it_goes_and_sets_the_share() {
    let motel = Motel::open().await;
    let mut owner = Clerk::signed_in(&motel, CLERK).await;
    assert!(owner.get(PAGE).await.shows("Nobody is tried out"));
    trying(&motel, Terms::default()).await;
    let seen = owner.get(PAGE).await;
    assert!(seen.shows("Nothing was compared yet") && seen.shows("every conversation silently"));
    differs(&motel, Ending::Answered).await;
    let seen = owner.get(PAGE).await;
    assert!(seen.shows("only here: $604.80") && seen.shows("only here: $1.00"));
    assert!(seen.shows("Not yet") && seen.shows("0 of 1"));
    assert!(
        !seen.shows("<b>") && !seen.shows("<model>"),
        "what models say is shown, not run"
    );

    let path = format!("{PAGE}/share");
    let refused = owner
        .submit(&path, &[("share", "101"), ("version", "1")])
        .await;
    assert!(refused.status == 422 && refused.shows("a number from 0 to 100"));
    let set = [("share", "20"), ("version", "1")];
    let done = owner.submit(&path, &set).await;
    assert_eq!(done.location, "/console/rehearsals?news=share_set");
    let seen = owner.get(&done.location).await;
    assert!(seen.shows("It answers 20 % of the conversations."));
    let stale = owner.submit(&path, &set).await;
    assert_eq!(stale.location, "/console/rehearsals?news=changed_meanwhile");
    let mut stranger = Clerk::signed_in(&motel, STRANGER).await;
    assert!(stranger.get(PAGE).await.shows("Nobody is tried out"));
}

#[tokio::test(flavor = "multi_thread")]
async fn that_it_was_taken_back_is_said_with_the_reason() {
    let motel = Motel::open().await;
    let terms = Terms {
        share: 20,
        least_turns: 5,
        ..Terms::default()
    };
    trying(&motel, terms).await;
    for _ in 0..5 {
        differs(&motel, Ending::Failed).await;
    }
    let mut owner = Clerk::signed_in(&motel, CLERK).await;
    let seen = owner.get(PAGE).await;
    assert!(seen.shows("It was taken back.") && seen.shows("100 % of 5 turns failed"));
    assert!(seen.shows("It had 20 %") && seen.shows("0 %"));
}
