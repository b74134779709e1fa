//! What is switched on for which business, and how every node hears of it.

use motel_db::Changes;
use motel_tenancy::flags::{FlagState, override_flag, roll_out, settings};
use motel_tenancy::testing::{DemoTenant, demo_tenant, other_tenant};
use motel_tenancy::{Directory, Flag, Percent, Slug, TenancyError};
use motel_testkit::TestDb;

const FLAG: Flag = Flag::GuestChat;

struct Node {
    directory: Directory,
    changes: Changes,
}

impl Node {
    async fn open(db: &TestDb) -> Self {
        let changes = Changes::listen(db.db()).await.unwrap();
        let slug = Slug::parse("demo-motel").unwrap();
        let directory = Directory::new(db.db().clone(), slug).hearing(&changes);
        let node = Self { directory, changes };
        node.hears().await;
        node
    }

    async fn has(&self, place: &DemoTenant) -> bool {
        let flags = self.directory.flags_of(place.tenant).await.unwrap();
        flags.has(FLAG)
    }

    /// Waits for the line to be proven open after everything that was committed until now. Bounded by the test runner.
    async fn hears(&self) {
        let now = chrono::Utc::now();
        while self.changes.as_of().is_none_or(|heard| heard <= now) {
            tokio::task::yield_now().await;
        }
    }
}

async fn share(db: &TestDb, percent: u8) {
    let mut tx = db.db().platform("roll out").await.unwrap();
    let percent = Percent::new(percent).unwrap();
    roll_out(&mut tx, FLAG, percent, chrono::Utc::now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

async fn say(db: &TestDb, place: &str, state: FlagState) -> Result<(), TenancyError> {
    let mut tx = db.db().platform("say it apart").await.unwrap();
    let slug = Slug::parse(place).unwrap();
    override_flag(&mut tx, FLAG, &slug, state, chrono::Utc::now()).await?;
    tx.commit().await.unwrap();
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_is_heard_on_every_node_that_runs() {
    let db = TestDb::new(&["tenancy"]).await;
    let (demo, other) = (demo_tenant(&db).await, other_tenant(&db).await);
    let nodes = [Node::open(&db).await, Node::open(&db).await];
    let all = async |on: (bool, bool), when: &str| {
        for node in &nodes {
            node.hears().await;
            assert_eq!(
                (node.has(&demo).await, node.has(&other).await),
                on,
                "{when}"
            );
        }
    };
    all((true, true), "as the program says").await;
    share(&db, 0).await;
    all((false, false), "off for everybody").await;
    say(&db, "demo-motel", FlagState::On).await.unwrap();
    all((true, false), "on for one").await;
    share(&db, 100).await;
    say(&db, "demo-motel", FlagState::Off).await.unwrap();
    all((false, true), "off for one").await;
    say(&db, "demo-motel", FlagState::AsOthers).await.unwrap();
    all((true, true), "as for all others").await;

    let unknown = say(&db, "nobody", FlagState::On).await.unwrap_err();
    assert!(matches!(unknown, TenancyError::NotFound(_)), "{unknown}");
    let mut tx = db.db().platform("look").await.unwrap();
    let set = settings(&mut tx).await.unwrap();
    assert_eq!(
        (set[0].flag, set[0].share, set[0].overrides.len()),
        (FLAG, Percent::ALL, 0)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_remembered_is_not_asked_of_the_database() {
    let db = TestDb::new(&["tenancy"]).await;
    let demo = demo_tenant(&db).await;
    let node = Node::open(&db).await;
    assert!(node.has(&demo).await);
    // Changed unheard: whoever tells of it was taken away.
    use diesel_async::SimpleAsyncConnection;
    let unheard = "ALTER TABLE tenancy.flags DISABLE TRIGGER ALL; INSERT INTO tenancy.flags VALUES ('guest_chat', 0, now())";
    db.admin().await.batch_execute(unheard).await.unwrap();
    node.hears().await;
    assert!(node.has(&demo).await, "it was read again");
    node.directory.forget(demo.tenant);
    assert!(!node.has(&demo).await);
}
