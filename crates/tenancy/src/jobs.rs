//! What follows from events, and what is tidied up without anybody asking.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use motel_db::Db;
use motel_jobs::{Chore, HandlerError, Worker};
use motel_kernel::Clock;
use motel_mail::Mailer;

use crate::account::{MailNotices, sweep_notices};
use crate::answers::SWEEP_EVERY;
use crate::commands::{purge_tenants, sweep_sessions};
use crate::events::{LinkDue, NoticeDue};
use crate::links::{MailLinks, sweep_links};
use crate::lockout::sweep_attempts;
use crate::second_factor::sweep_second_factors;
use crate::support::turn_out_those_who_are_over;
use crate::sweep_answers;

const SWEEP_DOOR_EVERY: Duration = Duration::from_secs(3_600);
/// Sessions of visitors end to the second by themselves; this tidies up behind them.
const SUPPORT_EVERY: Duration = Duration::from_secs(300);
const PURGE_EVERY: Duration = Duration::from_secs(3_600);
const SWEEP_SESSIONS_EVERY: Duration = Duration::from_secs(3_600);

/// Forgets old answers to repeated writes.
struct SweepAnswers;

#[async_trait]
impl Chore for SweepAnswers {
    async fn run(&self, db: &Db) -> Result<(), HandlerError> {
        let swept = sweep_answers(db).await?;
        if swept > 0 {
            tracing::debug!(swept, "old answers are forgotten");
        }
        Ok(())
    }
}

/// Forgets sessions that cannot go on.
struct SweepSessions;

#[async_trait]
impl Chore for SweepSessions {
    async fn run(&self, db: &Db) -> Result<(), HandlerError> {
        let swept = sweep_sessions(db).await?;
        if swept > 0 {
            tracing::debug!(swept, "old sessions are forgotten");
        }
        Ok(())
    }
}

/// Forgets mailed links and notices, counted failures, half sign-ins and remembered devices that mean nothing any more.
struct SweepDoor(Arc<dyn Clock>);

#[async_trait]
impl Chore for SweepDoor {
    async fn run(&self, db: &Db) -> Result<(), HandlerError> {
        let now = self.0.now();
        let mut tx = db.platform("forget old links and failures").await?;
        let swept = sweep_links(&mut tx, now).await?
            + sweep_notices(&mut tx, now).await?
            + sweep_attempts(&mut tx, now).await?
            + sweep_second_factors(&mut tx, now).await?;
        tx.commit().await?;
        if swept > 0 {
            tracing::debug!(swept, "old links and failures are forgotten");
        }
        Ok(())
    }
}

/// Lets visitors of support go whose time is over.
struct TurnSupportOut;

#[async_trait]
impl Chore for TurnSupportOut {
    async fn run(&self, db: &Db) -> Result<(), HandlerError> {
        let turned_out = turn_out_those_who_are_over(db).await?;
        if turned_out > 0 {
            tracing::info!(turned_out, "visits of support are over");
        }
        Ok(())
    }
}

/// Purges businesses that were deleted long enough ago.
struct Purge(Arc<dyn Clock>);

#[async_trait]
impl Chore for Purge {
    async fn run(&self, db: &Db) -> Result<(), HandlerError> {
        purge_tenants(db, self.0.now()).await?;
        Ok(())
    }
}

/// Adds this crate's handlers and chores to a worker. Links in mails begin with `public_url`.
#[must_use]
pub fn register(
    worker: Worker,
    clock: Arc<dyn Clock>,
    mailer: &Arc<dyn Mailer>,
    public_url: &str,
) -> Worker {
    let letters = MailLinks::new(mailer.clone(), clock.clone(), public_url);
    worker
        .on::<LinkDue>("tenancy.mail_link", letters)
        .on::<NoticeDue>("tenancy.mail_notice", MailNotices::new(mailer.clone()))
        .every(PURGE_EVERY, "tenancy.purge", Purge(clock.clone()))
        .every(SUPPORT_EVERY, "tenancy.turn_support_out", TurnSupportOut)
        .every(SWEEP_DOOR_EVERY, "tenancy.sweep_door", SweepDoor(clock))
        .every(SWEEP_EVERY, "tenancy.sweep_answers", SweepAnswers)
        .every(
            SWEEP_SESSIONS_EVERY,
            "tenancy.sweep_sessions",
            SweepSessions,
        )
}
