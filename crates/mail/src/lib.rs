#![doc = include_str!("../README.md")]

mod compose;
mod error;
mod file_mailbox;
mod mail;
mod mail_key;
mod schema;
mod send_once;
mod silence;
mod smtp_mailer;

pub use error::MailError;
pub use file_mailbox::{FileMailbox, StoredMail};
pub use mail::{Attachment, Correspondent, Mail, Mailer};
pub use mail_key::{InvalidMailKey, MailKey};
pub use send_once::{Sending, send_once, send_regardless};
pub use silence::{end_silence, silence};
pub use smtp_mailer::SmtpMailer;
