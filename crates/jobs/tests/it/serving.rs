use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use motel_db::Db;
use motel_jobs::{Delivery, EventFeed, Handler, HandlerError, Worker};
use motel_kernel::TenantId;
use motel_testkit::TestDb;
use tokio::sync::{Notify, mpsc, oneshot};

use crate::stage::{Happened, happen, notes};

/// Says that it has begun, then waits to be let go.
struct Slow {
    begun: mpsc::UnboundedSender<String>,
    go: Arc<Notify>,
}

#[async_trait]
impl Handler<Happened> for Slow {
    async fn handle(&self, _: &Db, delivery: &Delivery<Happened>) -> Result<(), HandlerError> {
        self.begun.send(delivery.event.what.clone())?;
        self.go.notified().await;
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_wakes_it_and_a_stop_lets_it_finish_what_it_began() {
    let db = TestDb::new(&["jobs"]).await;
    let feed = EventFeed::connect(db.db()).await.unwrap();
    let (begun, mut beginnings) = mpsc::unbounded_channel();
    let go = Arc::new(Notify::new());
    let slow = Slow {
        begun,
        go: Arc::clone(&go),
    };
    let (stop, stopped) = oneshot::channel::<()>();
    let worker = Worker::new(db.db().clone()).on("test.slow", slow);
    let serving = tokio::spawn(async move {
        let stopped = async { stopped.await.unwrap() };
        worker.serve(&feed, stopped).await;
    });

    happen(&db, TenantId::new(), "a").await;
    let begun = tokio::time::timeout(Duration::from_secs(20), beginnings.recv()).await;
    assert_eq!(begun.unwrap().as_deref(), Some("a"));

    stop.send(()).unwrap();
    tokio::task::yield_now().await;
    assert!(!serving.is_finished(), "it is not done with what it began");
    go.notify_one();
    serving.await.unwrap();
    assert_eq!(notes(&db).await.remove(0).status, "done");
}
