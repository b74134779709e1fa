//! What is tidied up without anybody asking.

use std::time::Duration;

use async_trait::async_trait;
use motel_db::Db;
use motel_jobs::{Chore, HandlerError, Worker};

use crate::answers::SWEEP_EVERY;
use crate::commands::sweep_sessions;
use crate::sweep_answers;

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

/// Adds this crate's chores to a worker.
pub fn register(worker: Worker) -> Worker {
    worker
        .every(SWEEP_EVERY, "tenancy.sweep_answers", SweepAnswers)
        .every(
            SWEEP_SESSIONS_EVERY,
            "tenancy.sweep_sessions",
            SweepSessions,
        )
}
