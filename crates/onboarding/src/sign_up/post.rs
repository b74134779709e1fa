use std::sync::Arc;
use std::time::Duration;

use askama::Template;
use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::Db;
use motel_jobs::{Chore, HandlerError};
use motel_kernel::{Clock, Email};
use motel_mail::{Correspondent, Mail, MailError, MailKey, Mailer};
use motel_tenancy::queries::has_account;
use secrecy::ExposeSecret;

use super::letter::{Letter, LetterHtml, LetterText};
use super::model::{DueSignUp, SignUpId};
use super::word::SignUpWord;
use crate::OnboardingError;
use crate::schema::sign_ups;

/// As many mails as one round writes.
const MOST_AT_ONCE: usize = 20;
/// A mail is tried so often.
const MOST_ATTEMPTS: i32 = 6;
/// How long sending may take; well within the first wait.
const SEND_WITHIN: Duration = Duration::from_secs(30);
const FIRST_WAIT: TimeDelta = TimeDelta::seconds(60);

/// Mails the links of sign-ups. They are of no tenant, and so are their mails: `mail.outbox` and the queue of events belong to
/// tenants, so the row of a sign-up is its own outbox. The word in a link is made for the mail and stands nowhere else; when the mail has to
/// be sent again, with another word, the last one works.
pub(crate) struct MailSignUps {
    pub(crate) mailer: Arc<dyn Mailer>,
    pub(crate) clock: Arc<dyn Clock>,
    /// From whom.
    pub(crate) sender: Correspondent,
    /// What links begin with, without a slash at the end.
    pub(crate) public_url: String,
}

/// A mail that nobody else sends for a while.
struct Claimed {
    id: SignUpId,
    attempts: i32,
    to: Email,
    letter: Letter,
}

#[async_trait]
impl Chore for MailSignUps {
    async fn run(&self, db: &Db) -> Result<(), HandlerError> {
        let (mut sent, mut refused) = (0, None);
        for _ in 0..MOST_AT_ONCE {
            let Some(claimed) = self.claim(db).await? else {
                break;
            };
            // One address that takes no mail keeps nobody else waiting.
            if let Err(error) = self.send(&claimed).await {
                tracing::warn!(sign_up = %claimed.id, %error, "the mail of a sign-up was not sent");
                refused = Some(error);
                continue;
            }
            self.note_sent(db, &claimed).await?;
            sent += 1;
        }
        match refused {
            Some(error) if sent == 0 => Err(error),
            _ => Ok(()),
        }
    }
}

impl MailSignUps {
    /// The next mail that is due, if there is one; it is due again after a wait unless it is noted that it was sent.
    async fn claim(&self, db: &Db) -> Result<Option<Claimed>, OnboardingError> {
        let now = self.clock.now();
        let mut tx = db.platform("mail the link of a sign-up").await?;
        let due: Option<DueSignUp> = sign_ups::table
            .filter(sign_ups::mail_at.le(now))
            .filter(sign_ups::expires_at.gt(now))
            .order((sign_ups::mail_at, sign_ups::id))
            .select(DueSignUp::as_select())
            .for_update()
            .skip_locked()
            .first(tx.conn())
            .await
            .optional()?;
        let Some(due) = due else {
            return Ok(None);
        };
        let (digest, letter) = match has_account(&mut tx, &due.email).await? {
            true => (None, self.known(&due)),
            false => {
                let (word, text) = SignUpWord::mint();
                (Some(word), self.confirm(&due, text.expose_secret()))
            }
        };
        diesel::update(sign_ups::table.find(due.id))
            .set((
                sign_ups::digest.eq(digest.as_ref().map(SignUpWord::digest)),
                sign_ups::mail_at.eq(next_try(due.attempts, now)),
                sign_ups::attempts.eq(due.attempts + 1),
            ))
            .execute(tx.conn())
            .await?;
        tx.commit().await?;
        Ok(Some(Claimed {
            id: due.id,
            attempts: due.attempts + 1,
            to: due.email,
            letter,
        }))
    }

    fn confirm(&self, due: &DueSignUp, word: &str) -> Letter {
        let url = format!("{}/sign-up/confirm?link={word}", self.public_url);
        Letter::confirm(&due.business, url, &self.sender.name)
    }

    fn known(&self, due: &DueSignUp) -> Letter {
        Letter::known(&due.business, &self.public_url, &self.sender.name)
    }

    async fn send(&self, claimed: &Claimed) -> Result<(), HandlerError> {
        let mail = Mail {
            key: MailKey::parse(&format!("sign-up-{}", claimed.id))?,
            from: self.sender.clone(),
            to: Correspondent {
                name: String::new(),
                email: claimed.to.clone(),
            },
            subject: claimed.letter.subject.clone(),
            text: LetterText(&claimed.letter).render()?,
            html: LetterHtml(&claimed.letter).render()?,
            attachments: Vec::new(),
        };
        let sent = tokio::time::timeout(SEND_WITHIN, self.mailer.send(&mail)).await;
        Ok(sent.unwrap_or(Err(MailError::Timeout))?)
    }

    async fn note_sent(&self, db: &Db, claimed: &Claimed) -> Result<(), OnboardingError> {
        let mut tx = db.platform("note that a link was mailed").await?;
        let ours = sign_ups::table
            .find(claimed.id)
            .filter(sign_ups::attempts.eq(claimed.attempts));
        diesel::update(ours)
            .set(sign_ups::mail_at.eq(None::<DateTime<Utc>>))
            .execute(tx.conn())
            .await?;
        Ok(tx.commit().await?)
    }
}

/// When a mail that was tried so often before is tried after this; `None` when this is the last time.
fn next_try(attempts: i32, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let doublings = u32::try_from(attempts).unwrap_or_default();
    let factor = 2_i32.checked_pow(doublings)?;
    (attempts + 1 < MOST_ATTEMPTS).then(|| now + FIRST_WAIT * factor)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn each_try_is_waited_for_twice_as_long_and_the_sixth_is_the_last() {
        let noon: DateTime<Utc> = "2026-12-01T12:00:00Z".parse().unwrap();
        let minutes = |attempts| next_try(attempts, noon).map(|at| (at - noon).num_minutes());
        let waits: Vec<_> = (0..7).map(minutes).collect();
        assert_eq!(
            waits,
            [Some(1), Some(2), Some(4), Some(8), Some(16), None, None]
        );
    }
}
