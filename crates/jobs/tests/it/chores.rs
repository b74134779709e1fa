use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use motel_db::Db;
use motel_jobs::{Chore, EventFeed, HandlerError, Worker};
use motel_testkit::TestDb;
use tokio::sync::{mpsc, oneshot};

/// Tells of each round; the second one fails, the third panics.
struct Rounds {
    count: Arc<AtomicU32>,
    told: mpsc::UnboundedSender<u32>,
}

#[async_trait]
impl Chore for Rounds {
    async fn run(&self, _: &Db) -> Result<(), HandlerError> {
        let round = self.count.fetch_add(1, Ordering::SeqCst) + 1;
        self.told.send(round)?;
        match round {
            2 => Err("a slip".into()),
            3 => panic!("a fall"),
            _ => Ok(()),
        }
    }
}

fn rounds() -> (Rounds, mpsc::UnboundedReceiver<u32>) {
    let (told, heard) = mpsc::unbounded_channel();
    let count = Arc::default();
    (Rounds { count, told }, heard)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chore_comes_round_whatever_becomes_of_it_until_the_worker_stops() {
    let db = TestDb::new(&["jobs"]).await;
    let feed = EventFeed::connect(db.db()).await.unwrap();
    let (chore, mut heard) = rounds();
    let worker = Worker::new(db.db().clone()).every(Duration::from_millis(1), "test.rounds", chore);
    let (stop, stopped) = oneshot::channel::<()>();
    let serving = tokio::spawn(async move {
        worker.serve(&feed, async { drop(stopped.await) }).await;
    });
    for expected in 1..=5 {
        let round = tokio::time::timeout(Duration::from_secs(20), heard.recv()).await;
        assert_eq!(round.unwrap(), Some(expected));
    }
    drop(stop);
    serving.await.unwrap();
    while heard.try_recv().is_ok() {}
    assert!(heard.recv().await.is_none(), "no round is left running");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_round_can_be_asked_for_and_says_what_went_wrong() {
    let db = TestDb::new(&["jobs"]).await;
    let (chore, _heard) = rounds();
    let worker = Worker::new(db.db().clone()).every(Duration::from_secs(60), "test.rounds", chore);
    worker.run_chores().await.unwrap();
    let slip = worker.run_chores().await.unwrap_err().to_string();
    assert_eq!(slip, "a slip");
}
