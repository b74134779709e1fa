//! Documents that are mailed.

use std::sync::Arc;

use motel_invoices::commands::send;
use motel_invoices::{jobs, render};
use motel_jobs::Worker;
use motel_mail::{FileMailbox, Mailer};

use crate::motel::Motel;

#[tokio::test(flavor = "multi_thread")]
async fn a_document_that_is_sent_arrives_once_with_its_pdf() {
    let motel = Motel::open().await;
    let (_, folio) = motel.stayed().await;
    let issued = motel.issue(folio).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mailbox = FileMailbox::open(folder.path()).await.unwrap();
    let mailer: Arc<dyn Mailer> = Arc::new(mailbox.clone());
    let worker = || jobs::register(Worker::new(motel.test.db().clone()), &mailer);

    let mut tx = motel.tx().await;
    send(&mut tx, issued.id, "books@example.com".parse().unwrap())
        .await
        .unwrap();
    drop(tx);
    worker().run_until_idle().await.unwrap();
    assert_eq!(mailbox.list().await.unwrap(), [], "nothing was committed");

    let mut tx = motel.tx().await;
    send(&mut tx, issued.id, "books@example.com".parse().unwrap())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    for _ in 0..2 {
        worker().run_until_idle().await.unwrap();
    }
    let mails = mailbox.list().await.unwrap();
    assert_eq!(mails.len(), 1);
    let mail = &mails[0];
    assert_eq!(mail.to, "books@example.com");
    assert_eq!(mail.subject, "Motel DM001: Invoice INV-2026-000001");
    assert!(
        mail.text.contains("Total: USD\u{a0}161.28"),
        "{}",
        mail.text
    );
    assert!(mail.html.contains("USD\u{a0}161.28"), "{}", mail.html);
    let [pdf] = &mail.attachments[..] else {
        panic!("{} attachments", mail.attachments.len());
    };
    assert_eq!(pdf.name, "INV-2026-000001.pdf");
    assert_eq!(pdf.content_type, "application/pdf");
    assert_eq!(pdf.content, render::pdf(&issued.snapshot).unwrap());
}
