use std::time::Duration;

use async_trait::async_trait;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use secrecy::{ExposeSecret, SecretString};

use crate::compose::compose;
use crate::{Mail, MailError, Mailer};

/// How long the mail server may take for one answer.
const ANSWER_WITHIN: Duration = Duration::from_secs(15);

/// Sends by a mail server. Cheap to clone; all clones share its connections.
#[derive(Clone)]
pub struct SmtpMailer(AsyncSmtpTransport<Tokio1Executor>);

impl SmtpMailer {
    /// A mailer for `smtps://user:password@host` (TLS from the start), `smtp://…?tls=required` (STARTTLS) or
    /// `smtp://host` (in the clear: for a server on the same machine only). Nothing is connected yet.
    ///
    /// # Errors
    /// The address cannot be used.
    pub fn from_url(url: &SecretString) -> Result<Self, MailError> {
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.expose_secret())
            .map_err(MailError::Settings)?
            .timeout(Some(ANSWER_WITHIN))
            .build();
        Ok(Self(transport))
    }
}

#[async_trait]
impl Mailer for SmtpMailer {
    async fn send(&self, mail: &Mail) -> Result<(), MailError> {
        self.0
            .send(compose(mail)?)
            .await
            .map(|_| ())
            .map_err(MailError::Smtp)
    }
}
