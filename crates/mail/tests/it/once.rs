use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use async_trait::async_trait;
use diesel_async::SimpleAsyncConnection;
use motel_kernel::TenantId;
use motel_mail::{
    Mail, MailError, Mailer, Sending, end_silence, send_once, send_regardless, silence,
};
use motel_testkit::TestDb;
use tokio::sync::Notify;

use crate::post::mail;

/// Counts what it sends; fails as often as it is told to first.
#[derive(Default)]
struct Counting {
    failures: AtomicU32,
    sent: AtomicU32,
}

impl Counting {
    fn sent(&self) -> u32 {
        self.sent.load(Ordering::SeqCst)
    }
}

#[async_trait]
impl Mailer for Counting {
    async fn send(&self, _: &Mail) -> Result<(), MailError> {
        if self
            .failures
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| {
                left.checked_sub(1)
            })
            .is_ok()
        {
            return Err(MailError::Timeout);
        }
        self.sent.fetch_add(1, Ordering::SeqCst);
        Ok(())
    }
}

/// Has the mail in hand until it is let go.
#[derive(Default)]
struct Holding {
    begun: Notify,
    go: Notify,
}

#[async_trait]
impl Mailer for Holding {
    async fn send(&self, _: &Mail) -> Result<(), MailError> {
        self.begun.notify_one();
        self.go.notified().await;
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_mail_twice_is_sent_once_and_another_too() {
    let db = TestDb::new(&["mail"]).await;
    let (tenant, mailer) = (TenantId::new(), Counting::default());
    let send = |key| {
        let (db, mailer) = (db.db(), &mailer);
        async move { send_once(db, tenant, mailer, &mail(key)).await.unwrap() }
    };
    assert_eq!(send("one").await, Sending::Sent);
    assert_eq!(send("one").await, Sending::AlreadySent);
    assert_eq!(send("other").await, Sending::Sent);
    assert_eq!(mailer.sent(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn many_at_once_send_one() {
    let db = TestDb::new(&["mail"]).await;
    let (tenant, mailer) = (TenantId::new(), Arc::new(Counting::default()));
    let senders = (0..12).map(|_| {
        let (db, mailer) = (db.db().clone(), Arc::clone(&mailer));
        tokio::spawn(async move { send_once(&db, tenant, &*mailer, &mail("one")).await })
    });
    let mut sent = 0;
    for sender in senders.collect::<Vec<_>>() {
        match sender.await.unwrap() {
            Ok(Sending::Sent) => sent += 1,
            Ok(Sending::AlreadySent) | Err(MailError::InFlight) => {}
            other => panic!("{other:?}"),
        }
    }
    assert_eq!((sent, mailer.sent()), (1, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_silenced_business_writes_to_its_own_people_only() {
    let db = TestDb::new(&["mail"]).await;
    let (tenant, neighbour) = (TenantId::new(), TenantId::new());
    let mailer = Counting::default();
    let mut tx = db.db().platform("silence it").await.unwrap();
    silence(&mut tx, tenant).await.unwrap();
    silence(&mut tx, tenant).await.unwrap();
    tx.commit().await.unwrap();
    let send = async |whose, key| {
        send_once(db.db(), whose, &mailer, &mail(key))
            .await
            .unwrap()
    };
    assert_eq!(send(tenant, "guest").await, Sending::Withheld);
    assert_eq!(
        (send(neighbour, "other").await, mailer.sent()),
        (Sending::Sent, 1)
    );
    let own = send_regardless(db.db(), tenant, &mailer, &mail("own")).await;
    assert_eq!((own.unwrap(), mailer.sent()), (Sending::Sent, 2));

    let mut tx = db.db().platform("let it speak").await.unwrap();
    end_silence(&mut tx, tenant).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(
        (send(tenant, "later").await, mailer.sent()),
        (Sending::Sent, 3)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_failed_can_be_tried_again_at_once() {
    let db = TestDb::new(&["mail"]).await;
    let (tenant, mailer) = (TenantId::new(), Counting::default());
    mailer.failures.store(1, Ordering::SeqCst);
    let failed = send_once(db.db(), tenant, &mailer, &mail("one"))
        .await
        .unwrap_err();
    assert!(matches!(failed, MailError::Timeout), "{failed:?}");
    assert_eq!(
        send_once(db.db(), tenant, &mailer, &mail("one"))
            .await
            .unwrap(),
        Sending::Sent
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dead_senders_mail_is_sent_when_its_claim_ends_and_not_before() {
    let db = TestDb::new(&["mail"]).await;
    let tenant = TenantId::new();
    let (holding, pool) = (Arc::new(Holding::default()), db.db().clone());
    let dying = {
        let holding = Arc::clone(&holding);
        tokio::spawn(async move { send_once(&pool, tenant, &*holding, &mail("one")).await })
    };
    holding.begun.notified().await;
    dying.abort();

    let mailer = Counting::default();
    let early = send_once(db.db(), tenant, &mailer, &mail("one"))
        .await
        .unwrap_err();
    assert!(matches!(early, MailError::InFlight), "{early:?}");
    let later = "UPDATE mail.outbox SET claimed_until = now()";
    db.admin().await.batch_execute(later).await.unwrap();
    assert_eq!(
        send_once(db.db(), tenant, &mailer, &mail("one"))
            .await
            .unwrap(),
        Sending::Sent
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn one_tenants_key_is_not_anothers() {
    let db = TestDb::new(&["mail"]).await;
    let mailer = Counting::default();
    for tenant in [TenantId::new(), TenantId::new()] {
        assert_eq!(
            send_once(db.db(), tenant, &mailer, &mail("one"))
                .await
                .unwrap(),
            Sending::Sent
        );
    }
}
