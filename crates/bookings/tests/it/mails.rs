//! The guest is written to, once.

use std::sync::Arc;

use motel_bookings::jobs;
use motel_jobs::Worker;
use motel_mail::{FileMailbox, Mailer, StoredMail};

use crate::desk::{Desk, noon, request, stay};

async fn delivered(desk: &Desk, folder: &std::path::Path) -> Vec<StoredMail> {
    let mailbox = FileMailbox::open(folder).await.unwrap();
    let mailer: Arc<dyn Mailer> = Arc::new(mailbox);
    let worker = jobs::register(
        Worker::new(desk.database.db().clone()),
        &mailer,
        "http://desk.example/",
    );
    worker.run_until_idle().await.unwrap();
    FileMailbox::open(folder)
        .await
        .unwrap()
        .list()
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_booking_and_its_cancellation_are_one_mail_each_however_often_the_jobs_run() {
    let desk = Desk::open().await;
    let folder = tempfile::tempdir().unwrap();
    let booking = desk
        .book(
            &request("pet_friendly", stay(3, 2), "ana@example.com"),
            None,
        )
        .await
        .unwrap()
        .booking;

    let mails = delivered(&desk, folder.path()).await;
    assert_eq!(mails.len(), 1);
    let text = format!("{:?}", mails[0]);
    assert!(
        text.contains(booking.code.as_str()) && text.contains("$376.32"),
        "{text}"
    );

    // The deliveries are made to run again, as if a worker had died before it noted them.
    let mut admin = desk.database.admin().await;
    let again = "UPDATE jobs.deliveries SET status = 'pending', run_at = now()";
    diesel_async::SimpleAsyncConnection::batch_execute(&mut admin, again)
        .await
        .unwrap();
    assert_eq!(delivered(&desk, folder.path()).await.len(), 1);
    let sent: i64 = diesel_async::RunQueryDsl::get_result(
        diesel::select(diesel::dsl::sql::<diesel::sql_types::BigInt>(
            "(SELECT sum(attempts) FROM mail.outbox)",
        )),
        &mut admin,
    )
    .await
    .unwrap();
    assert_eq!(sent, 1);

    let mut tx = desk.tx().await;
    motel_bookings::commands::cancel(
        &mut tx,
        &desk.demo.property,
        booking.id,
        &motel_bookings::By::guest(),
        noon(),
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(delivered(&desk, folder.path()).await.len(), 2);
}
