use diesel_async::RunQueryDsl;
use motel_jobs::{EventFeed, Notice, publish};
use motel_kernel::TenantId;
use motel_testkit::TestDb;

use crate::stage::{Happened, happen, meddle};

fn notice(tenant: TenantId) -> Notice {
    Notice {
        tenant,
        kind: "test.happened".into(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_hears_of_what_was_committed_and_of_nothing_else() {
    let db = TestDb::new(&["jobs"]).await;
    let feed = EventFeed::connect(db.db()).await.unwrap();
    let (mut one, mut other) = (feed.subscribe(), feed.subscribe());
    let (rolled_back, tenants) = (TenantId::new(), [(); 5].map(|()| TenantId::new()));

    let mut tx = db.db().tenant(rolled_back).await.unwrap();
    publish(
        &mut tx,
        &Happened {
            what: "nothing".to_owned(),
        },
    )
    .await
    .unwrap();
    drop(tx);
    for tenant in tenants {
        happen(&db, tenant, "a").await;
    }
    for tenant in tenants {
        assert_eq!(one.recv().await.unwrap(), notice(tenant));
        assert_eq!(other.recv().await.unwrap(), notice(tenant));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_listens_again_after_the_connection_was_lost() {
    let db = TestDb::new(&["jobs"]).await;
    let feed = EventFeed::connect(db.db()).await.unwrap();
    let mut notices = feed.subscribe();
    let before = listeners(&db).await;
    let hang_up = format!("SELECT pg_terminate_backend({})", before[0]);
    meddle(&db, &hang_up).await;
    // What is published before it listens again is lost.
    while listeners(&db).await.iter().all(|pid| before.contains(pid)) {
        tokio::task::yield_now().await;
    }
    let tenant = TenantId::new();
    happen(&db, tenant, "a").await;
    assert_eq!(notices.recv().await.unwrap(), notice(tenant));
}

/// The server processes that have last been told to listen, and have finished doing so.
async fn listeners(db: &TestDb) -> Vec<i32> {
    let listening = "SELECT pid FROM pg_stat_activity \
                     WHERE datname = current_database() AND state = 'idle' AND query LIKE '%LISTEN motel_events'";
    let pids: Vec<Pid> = diesel::sql_query(listening)
        .load(&mut db.admin().await)
        .await
        .unwrap();
    pids.into_iter().map(|row| row.pid).collect()
}

#[derive(diesel::QueryableByName)]
struct Pid {
    #[diesel(sql_type = diesel::sql_types::Integer)]
    pid: i32,
}
