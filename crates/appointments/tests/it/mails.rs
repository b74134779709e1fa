//! The guest is written to, once for each thing that happens.

use std::path::Path;
use std::sync::Arc;

use chrono::Duration;
use motel_appointments::commands::{Change, cancel, reschedule, ring_due};
use motel_appointments::jobs;
use motel_jobs::Worker;
use motel_kernel::FixedClock;
use motel_mail::{FileMailbox, Mailer};

use crate::kitchen::{Kitchen, guest, noon, request, six};

/// What is in the mailbox once everything due was done.
async fn delivered(kitchen: &Kitchen, folder: &Path) -> Vec<String> {
    let mailbox = FileMailbox::open(folder).await.unwrap();
    let mailer: Arc<dyn Mailer> = Arc::new(mailbox);
    let worker = Worker::new(kitchen.database.db().clone());
    let clock = Arc::new(FixedClock::at(noon()));
    jobs::register(worker, clock, &mailer)
        .run_until_idle()
        .await
        .unwrap();
    let mailbox = FileMailbox::open(folder).await.unwrap();
    let mails = mailbox.list().await.unwrap();
    mails.iter().map(|mail| format!("{mail:?}")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn booking_moving_reminding_and_calling_off_are_a_mail_each() {
    let kitchen = Kitchen::open().await;
    let folder = tempfile::tempdir().unwrap();
    let booked = kitchen
        .booked(&request(six(), 30, "ines@example.com"))
        .await;
    let mails = delivered(&kitchen, folder.path()).await;
    assert_eq!(mails.len(), 1);
    let told = [
        "Saturday, December 12, 2026 at 6:00 PM",
        "$1848.00",
        "30 guests",
        booked.code.as_str(),
    ];
    for fact in told {
        assert!(mails[0].contains(fact), "{fact}: {}", mails[0]);
    }

    let mut tx = kitchen.tx().await;
    let property = &kitchen.demo.property;
    let later = Change {
        starts_at: Some(six() + Duration::days(1)),
        ..Change::default()
    };
    reschedule(&mut tx, property, booked.id, &later, None, &guest(), noon())
        .await
        .unwrap();
    ring_due(&mut tx, six() - Duration::hours(48), 10)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(delivered(&kitchen, folder.path()).await.len(), 3);
    let mut tx = kitchen.tx().await;
    let late = six() - Duration::hours(48);
    cancel(&mut tx, booked.id, None, &guest(), late)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let mails = delivered(&kitchen, folder.path()).await;
    assert_eq!(mails.len(), 4);
    assert!(
        mails.iter().any(|mail| mail.contains("$924.00 is due")),
        "{mails:#?}"
    );

    // As if a worker had died before it noted what it did.
    let again = "UPDATE jobs.deliveries SET status = 'pending', run_at = now()";
    diesel_async::SimpleAsyncConnection::batch_execute(&mut kitchen.database.admin().await, again)
        .await
        .unwrap();
    assert_eq!(delivered(&kitchen, folder.path()).await.len(), 4);
}
