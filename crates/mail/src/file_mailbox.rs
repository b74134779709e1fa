use std::path::{Path, PathBuf};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use mail_parser::{MessageParser, MessagePart, MimeHeaders};
use tokio::fs;
use uuid::Uuid;

use crate::compose::compose;
use crate::{Attachment, Mail, MailError, MailKey, Mailer};

/// The most mails that are listed.
const MOST_LISTED: usize = 200;

/// A mailbox for development: mails become files `<key>.eml` in a folder. The same key is the same file, so a mail that
/// is sent twice is there once.
#[derive(Debug, Clone)]
pub struct FileMailbox {
    folder: PathBuf,
}

/// A mail as it was found in the mailbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredMail {
    /// What makes it the same mail.
    pub key: MailKey,
    /// When it was sent.
    pub sent_at: DateTime<Utc>,
    /// The sender's address.
    pub from: String,
    /// The receiver's address.
    pub to: String,
    /// One line.
    pub subject: String,
    /// The message as text.
    pub text: String,
    /// The message as HTML.
    pub html: String,
    /// The files that came with it.
    pub attachments: Vec<Attachment>,
}

impl FileMailbox {
    /// A mailbox in a folder, which is made if it is not there.
    ///
    /// # Errors
    /// The folder cannot be made.
    pub async fn open(folder: impl Into<PathBuf>) -> Result<Self, MailError> {
        let folder = folder.into();
        fs::create_dir_all(&folder).await?;
        Ok(Self { folder })
    }

    /// The last 200 mails, newest first. Other files in the folder are passed over.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub async fn list(&self) -> Result<Vec<StoredMail>, MailError> {
        let mut mails = Vec::new();
        for key in self.newest_keys().await? {
            mails.extend(self.read(&key).await?);
        }
        mails.sort_by(|a, b| {
            b.sent_at
                .cmp(&a.sent_at)
                .then_with(|| b.key.as_str().cmp(a.key.as_str()))
        });
        Ok(mails)
    }

    /// One mail; `None` when there is none of that key.
    ///
    /// # Errors
    /// The file cannot be read.
    pub async fn read(&self, key: &MailKey) -> Result<Option<StoredMail>, MailError> {
        match fs::read(self.path(key)).await {
            Ok(bytes) => Ok(parse(key, &bytes)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    async fn newest_keys(&self) -> Result<Vec<MailKey>, MailError> {
        let mut found = Vec::new();
        let mut entries = fs::read_dir(&self.folder).await?;
        while let Some(entry) = entries.next_entry().await? {
            if let Some(key) = key_of(&entry.path()) {
                found.push((entry.metadata().await?.modified()?, key));
            }
        }
        found.sort_by_key(|(modified, _)| std::cmp::Reverse(*modified));
        Ok(found
            .into_iter()
            .take(MOST_LISTED)
            .map(|(_, key)| key)
            .collect())
    }

    fn path(&self, key: &MailKey) -> PathBuf {
        self.folder.join(format!("{key}.eml"))
    }
}

#[async_trait]
impl Mailer for FileMailbox {
    /// The file appears whole or not at all.
    async fn send(&self, mail: &Mail) -> Result<(), MailError> {
        let bytes = compose(mail)?.formatted();
        let unfinished = self
            .folder
            .join(format!(".{}.part", Uuid::now_v7().simple()));
        fs::write(&unfinished, bytes).await?;
        Ok(fs::rename(&unfinished, self.path(&mail.key)).await?)
    }
}

fn key_of(path: &Path) -> Option<MailKey> {
    MailKey::parse(path.file_name()?.to_str()?.strip_suffix(".eml")?).ok()
}

/// `None` for a file that is no mail.
fn parse(key: &MailKey, bytes: &[u8]) -> Option<StoredMail> {
    let message = MessageParser::new().parse(bytes)?;
    let address = |list: Option<&mail_parser::Address<'_>>| {
        list.and_then(|list| list.first())
            .and_then(|first| first.address())
            .unwrap_or_default()
            .to_owned()
    };
    Some(StoredMail {
        key: key.clone(),
        sent_at: DateTime::from_timestamp(message.date()?.to_timestamp(), 0)?,
        from: address(message.from()),
        to: address(message.to()),
        subject: message.subject().unwrap_or_default().to_owned(),
        text: message.body_text(0).unwrap_or_default().into_owned(),
        html: message.body_html(0).unwrap_or_default().into_owned(),
        attachments: message.attachments().map(attachment).collect(),
    })
}

fn attachment(part: &MessagePart<'_>) -> Attachment {
    let content_type = part.content_type().map(|kind| match kind.subtype() {
        Some(subtype) => format!("{}/{subtype}", kind.ctype()),
        None => kind.ctype().to_owned(),
    });
    Attachment {
        name: part.attachment_name().unwrap_or_default().to_owned(),
        content_type: content_type.unwrap_or_default(),
        content: part.contents().to_vec(),
    }
}
