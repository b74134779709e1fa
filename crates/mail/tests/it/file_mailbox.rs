use motel_mail::{FileMailbox, MailError, Mailer};

use crate::post::mail;

#[tokio::test(flavor = "multi_thread")]
async fn what_is_sent_can_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let mailbox = FileMailbox::open(folder.path().join("mailbox"))
        .await
        .unwrap();
    let sent = mail("booking.confirmed-1");
    mailbox.send(&sent).await.unwrap();
    let stored = mailbox.read(&sent.key).await.unwrap().unwrap();
    assert_eq!(stored.subject, sent.subject);
    assert_eq!(
        (stored.from.as_str(), stored.to.as_str()),
        (sent.from.email.as_str(), sent.to.email.as_str())
    );
    assert_eq!(stored.text.replace("\r\n", "\n"), sent.text);
    assert_eq!(stored.html.trim_end(), sent.html);
    assert_eq!(stored.attachments, sent.attachments);
    assert_eq!(mailbox.list().await.unwrap(), [stored]);
    assert_eq!(mailbox.read(&"other".parse().unwrap()).await.unwrap(), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_key_twice_is_one_mail_and_nothing_half_written_shows() {
    let folder = tempfile::tempdir().unwrap();
    let mailbox = FileMailbox::open(folder.path()).await.unwrap();
    for _ in 0..2 {
        mailbox.send(&mail("one")).await.unwrap();
    }
    mailbox.send(&mail("other")).await.unwrap();
    std::fs::write(folder.path().join("notes.txt"), "not a mail").unwrap();
    std::fs::write(folder.path().join(".x.part"), "half a mail").unwrap();
    let keys: Vec<_> = mailbox
        .list()
        .await
        .unwrap()
        .into_iter()
        .map(|mail| mail.key.to_string())
        .collect();
    assert_eq!(keys.len(), 2, "{keys:?}");
    let files = std::fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(files, 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_cannot_be_is_an_error() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let failed = FileMailbox::open(file.path().join("mailbox")).await;
    assert!(matches!(failed, Err(MailError::Mailbox(_))));
}
