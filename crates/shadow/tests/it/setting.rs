//! Who is tried out, and what counts for them.

use diesel_async::SimpleAsyncConnection;
use motel_conversations::ModelUse;
use motel_kernel::Actor;
use motel_shadow::{Candidate, Ending, NewScore, ShadowError, Terms, commands, queries};
use motel_tenancy::testing::other_tenant;

use crate::house::{House, later, now, score};

#[tokio::test(flavor = "multi_thread")]
async fn scores_go_on_counting_until_somebody_else_is_tried() {
    let house = House::open().await;
    let first = house.tries("a-model", Terms::default()).await;
    assert_eq!((first.version, first.counted_since), (1, now()));
    let mut tx = house.tx().await;
    let same = Candidate::model(Some("a-model".to_owned()));
    let more = Terms {
        share: 10,
        ..Terms::default()
    };
    let stale =
        commands::put_candidate(&mut tx, Some(7), &same, more, Actor::System, later(60)).await;
    assert!(matches!(stale, Err(ShadowError::Stale)));
    let set = commands::put_candidate(&mut tx, Some(1), &same, more, Actor::System, later(60))
        .await
        .unwrap();
    assert_eq!((set.version, set.counted_since), (2, now()));
    let other = Candidate::built_in();
    let set = commands::put_candidate(&mut tx, Some(2), &other, more, Actor::System, later(90))
        .await
        .unwrap();
    assert_eq!((set.version, set.counted_since), (3, later(90)));
    commands::remove_candidate(&mut tx).await.unwrap();
    assert!(matches!(
        commands::remove_candidate(&mut tx).await,
        Err(ShadowError::NoCandidate)
    ));
    assert_eq!(queries::candidate(&tx).await.unwrap(), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_differed_is_listed_and_forgotten_with_the_guest() {
    let house = House::open().await;
    let tried = house.tries("a-model", Terms::default()).await;
    let conversation = house.conversation(3).await;
    // Of somebody else's, who was tried before.
    let other = NewScore {
        candidate: "another".to_owned(),
        ..score(conversation, 3, Ending::Answered)
    };
    house.score(other, later(1)).await;
    house
        .score(score(conversation, 1, Ending::Answered), later(1))
        .await;
    house
        .score(score(conversation, 2, Ending::House), later(2))
        .await;
    let mut tx = house.tx().await;
    let differing = queries::differing(&mut tx, &tried, 10).await.unwrap();
    assert_eq!(differing.len(), 1);
    assert_eq!(differing[0].scored.details["words"], "We do, Daniel.");
    let compared = queries::compared(&mut tx, &tried).await.unwrap();
    assert_eq!(compared, [("book".to_owned(), 90)]);
    commands::forget(&mut tx, &[conversation]).await.unwrap();
    let differing = queries::differing(&mut tx, &tried, 10).await.unwrap();
    assert_eq!(differing[0].scored.details, serde_json::json!({}));
    tx.commit().await.unwrap();
    let words = "SELECT 1 / (SELECT count(*) FROM shadow.scores WHERE agreement = 90)";
    let mut admin = house.test.admin().await;
    admin.batch_execute(words).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_spent_is_added_up_by_business_and_time() {
    let house = House::open().await;
    let other = other_tenant(&house.test).await;
    let used = |tokens| ModelUse {
        tokens,
        cost_micros: 7,
    };
    let mut tx = house.tx().await;
    for (tokens, at) in [(10, now()), (20, later(60)), (0, later(60))] {
        commands::note_spending(&mut tx, used(tokens), at)
            .await
            .unwrap();
    }
    let all = queries::spent_since(&mut tx, now()).await.unwrap();
    assert_eq!((all.tokens, all.cost_micros), (30, 14));
    let last = queries::spent_since(&mut tx, later(1)).await.unwrap();
    assert_eq!((last.tokens, last.cost_micros), (20, 7));
    tx.commit().await.unwrap();
    let mut tx = house.test.db().tenant(other.tenant).await.unwrap();
    let theirs = queries::spent_since(&mut tx, now()).await.unwrap();
    assert_eq!(theirs, ModelUse::default());
}
