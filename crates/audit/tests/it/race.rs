use std::sync::Arc;

use chrono::Utc;
use motel_audit::commands::{chain_entries, keep_for};
use motel_audit::{Days, Filter};

use crate::house::House;

const WRITERS: i64 = 4;
const CHANGES: i64 = 30;

/// Writers who commit in any order, and two nodes that chain meanwhile, make one chain without holes.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn racing_writers_and_two_that_chain_make_one_chain_without_holes() {
    let house = Arc::new(House::new().await);
    let before = house.entries(&Filter::default()).await.len() as i64;
    let mut writing = tokio::task::JoinSet::new();
    for writer in 0..WRITERS {
        let house = Arc::clone(&house);
        writing.spawn(async move {
            for n in 0..CHANGES {
                let mut tx = house.tx(house.demo.tenant).await;
                // Each is another number of days, so that each is a change, whoever wrote before.
                let days = Days::new(100 + n * WRITERS + writer).unwrap();
                keep_for(&mut tx, days, Utc::now()).await.unwrap();
                if n % 5 == 0 {
                    // Taken back: its number is never used again, and no place may be kept for it.
                    drop(tx);
                } else {
                    tx.commit().await.unwrap();
                }
            }
        });
    }
    let chaining: Vec<_> = (0..2)
        .map(|_| {
            let house = Arc::clone(&house);
            tokio::spawn(async move {
                for _ in 0..40 {
                    chain_entries(house.test.db()).await.unwrap();
                    tokio::task::yield_now().await;
                }
            })
        })
        .collect();
    while let Some(done) = writing.join_next().await {
        done.unwrap();
    }
    for chainer in chaining {
        chainer.await.unwrap();
    }
    house.chain().await;

    let verdict = house.verify().await;
    let expected = before + WRITERS * CHANGES * 4 / 5;
    assert!(verdict.holds(), "{verdict:?}");
    assert_eq!((verdict.waiting, verdict.sound_until), (0, expected));
    let places = house
        .lines("SELECT count(DISTINCT (tenant_id, seq)) || ' of ' || count(*) FROM audit.entries")
        .await;
    let (distinct, all) = places[0].split_once(" of ").unwrap();
    assert_eq!(distinct, all);
}
