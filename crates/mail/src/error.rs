use motel_db::DbError;

/// Why a mail was not sent, or may not have been.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// The SMTP address is not one, such as `smtps://user:password@mail.example:465`.
    #[error("the SMTP address in the settings cannot be used")]
    Settings(#[source] lettre::transport::smtp::Error),
    /// The mail cannot be put into the form mails have.
    #[error("the mail cannot be composed")]
    Compose(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The mail server refused it or could not be reached.
    #[error("the mail server did not take the mail")]
    Smtp(#[source] lettre::transport::smtp::Error),
    /// Sending took too long; nobody knows whether the mail went.
    #[error("the mail server did not answer in time")]
    Timeout,
    /// The mailbox's folder cannot be read or written.
    #[error("the mailbox folder cannot be used")]
    Mailbox(#[from] std::io::Error),
    /// Another sender has the mail in hand right now.
    #[error("the mail is being sent by another")]
    InFlight,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<diesel::result::Error> for MailError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}
