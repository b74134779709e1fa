//! A candidate that does worse than it may is taken back, once, and the business is told.

use std::sync::Arc;

use futures::future::join_all;
use motel_jobs::Worker;
use motel_kernel::Actor;
use motel_mail::{Correspondent, FileMailbox, Mailer};
use motel_shadow::{Ending, NewScore, Terms, commands, jobs};

use crate::house::{House, later, score};

fn hasty() -> Terms {
    Terms {
        share: 20,
        least_turns: 5,
        ..Terms::default()
    }
}

async fn worker(house: &House, mailbox: &FileMailbox) -> Worker {
    let mailer: Arc<dyn Mailer> = Arc::new(mailbox.clone());
    let sender = Correspondent {
        name: "RemoteMotel".to_owned(),
        email: "no-reply@remotemotel.example".parse().unwrap(),
    };
    let worker = Worker::new(house.test.db().clone());
    jobs::register(worker, &mailer, sender, "https://motel.example/")
}

#[tokio::test(flavor = "multi_thread")]
async fn nodes_that_score_at_once_take_a_candidate_back_once_and_one_letter_goes() {
    let house = House::open().await;
    let folder = tempfile::tempdir().unwrap();
    let mailbox = FileMailbox::open(folder.path()).await.unwrap();
    // A subscriber hears from its first start on.
    worker(&house, &mailbox)
        .await
        .run_until_idle()
        .await
        .unwrap();
    house.tries("a-model", hasty()).await;
    let conversation = house.conversation(8).await;
    for seq in 1..=4 {
        house
            .score(score(conversation, seq, Ending::Failed), later(1))
            .await;
    }
    assert_eq!(house.candidate().await.terms.share, 20);
    let scores = (5..=8).map(|seq| score(conversation, seq, Ending::Failed));
    join_all(scores.map(|it| house.score(it, later(2)))).await;

    let tried = house.candidate().await;
    let back = tried.rolled_back().unwrap();
    assert_eq!((tried.terms.share, back.from, back.at), (0, 20, later(2)));
    assert!(back.why.starts_with("100 % of "), "{}", back.why);
    assert_eq!(tried.version, 2);
    let (one, other) = (
        worker(&house, &mailbox).await,
        worker(&house, &mailbox).await,
    );
    let (one, other) = tokio::join!(one.run_until_idle(), other.run_until_idle());
    assert_eq!(one.unwrap() + other.unwrap(), 1);
    let letters = mailbox.list().await.unwrap();
    assert_eq!(letters.len(), 1);
    assert!(
        letters[0].text.contains("20 %") && letters[0].text.contains(&back.why),
        "{}",
        letters[0].text
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_is_scored_once_and_a_good_candidate_stays() {
    let house = House::open().await;
    house.tries("a-model", hasty()).await;
    let conversation = house.conversation(8).await;
    for _ in 0..10 {
        house
            .score(score(conversation, 1, Ending::Failed), later(1))
            .await;
    }
    for seq in 2..=4 {
        house
            .score(score(conversation, seq, Ending::Answered), later(1))
            .await;
    }
    let tried = house.candidate().await;
    assert_eq!((tried.terms.share, tried.rolled_back()), (20, None));
    // The fifth turn is enough to tell: one of five failed.
    house
        .score(score(conversation, 5, Ending::Answered), later(1))
        .await;
    assert!(house.candidate().await.rolled_back().is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_is_set_anew_begins_anew_and_one_that_is_silent_is_let_be() {
    let house = House::open().await;
    house.tries("a-model", hasty()).await;
    let conversation = house.conversation(12).await;
    for seq in 1..=5 {
        house
            .score(score(conversation, seq, Ending::FellBack), later(1))
            .await;
    }
    let back = house.candidate().await;
    assert!(back.rolled_back().unwrap().why.contains("not fit"));
    let mut tx = house.tx().await;
    let by = Actor::System;
    let set = commands::put_candidate(&mut tx, None, &back.candidate, hasty(), by, later(5)).await;
    tx.commit().await.unwrap();
    let set = set.unwrap();
    assert_eq!(
        (set.terms.share, set.counted_since, set.rolled_back()),
        (20, later(5), None)
    );
    house
        .score(score(conversation, 6, Ending::FellBack), later(6))
        .await;
    assert_eq!(house.candidate().await.terms.share, 20);

    let silent = Terms {
        share: 0,
        ..hasty()
    };
    house.tries("another", silent).await;
    for seq in 7..=12 {
        let failed = NewScore {
            candidate: "another".to_owned(),
            ..score(conversation, seq, Ending::Failed)
        };
        house.score(failed, later(9)).await;
    }
    assert_eq!(house.candidate().await.rolled_back(), None);
}
