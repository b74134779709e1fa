use async_trait::async_trait;
use motel_kernel::Email;

use crate::{MailError, MailKey};

/// A mail to one person, as text and as HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// What makes it the same mail.
    pub key: MailKey,
    /// Who it is from.
    pub from: Correspondent,
    /// Who gets it.
    pub to: Correspondent,
    /// One line.
    pub subject: String,
    /// The message for who reads text.
    pub text: String,
    /// The same message as HTML.
    pub html: String,
    /// Files that come with it.
    pub attachments: Vec<Attachment>,
}

/// A file that comes with a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// What the file is called: `invoice.pdf`.
    pub name: String,
    /// What is in it (a media type): `application/pdf`.
    pub content_type: String,
    /// The file.
    pub content: Vec<u8>,
}

/// Somebody at an end of a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correspondent {
    /// What to call them; may be empty.
    pub name: String,
    /// Their address.
    pub email: Email,
}

/// A way to send mail.
#[async_trait]
pub trait Mailer: Send + Sync {
    /// Sends it now. Two mails of one key are recognisable as one; use [`crate::send_once`] to send one only.
    ///
    /// # Errors
    /// The mail cannot be composed, or nobody took it.
    async fn send(&self, mail: &Mail) -> Result<(), MailError>;
}
