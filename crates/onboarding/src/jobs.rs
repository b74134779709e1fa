//! What is done without anybody asking.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use motel_db::Db;
use motel_jobs::{Chore, HandlerError, Worker};
use motel_kernel::Clock;
use motel_mail::{Correspondent, Mailer};

use crate::sign_up::{MailSignUps, sweep_sign_ups};

/// Somebody waits for it.
const MAIL_EVERY: Duration = Duration::from_secs(2);
const SWEEP_EVERY: Duration = Duration::from_secs(900);

/// Forgets sign-ups that are over.
struct SweepSignUps(Arc<dyn Clock>);

#[async_trait]
impl Chore for SweepSignUps {
    async fn run(&self, db: &Db) -> Result<(), HandlerError> {
        let swept = sweep_sign_ups(db, self.0.now()).await?;
        if swept > 0 {
            tracing::debug!(swept, "old sign-ups are forgotten");
        }
        Ok(())
    }
}

/// Adds this crate's chores to a worker. Mails are from `sender`, and links in them begin with `public_url`.
#[must_use]
pub fn register(
    worker: Worker,
    clock: Arc<dyn Clock>,
    mailer: &Arc<dyn Mailer>,
    sender: Correspondent,
    public_url: &str,
) -> Worker {
    let letters = MailSignUps {
        mailer: mailer.clone(),
        clock: clock.clone(),
        sender,
        public_url: public_url.trim_end_matches('/').to_owned(),
    };
    worker
        .every(MAIL_EVERY, "onboarding.mail_sign_ups", letters)
        .every(
            SWEEP_EVERY,
            "onboarding.sweep_sign_ups",
            SweepSignUps(clock),
        )
}
