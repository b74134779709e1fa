//! What is tidied up without anybody asking.

use async_trait::async_trait;
use motel_db::Db;
use motel_jobs::{Chore, HandlerError, Worker};

use crate::answers::SWEEP_EVERY;
use crate::sweep_answers;

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

/// Adds this crate's chores to a worker.
pub fn register(worker: Worker) -> Worker {
    worker.every(SWEEP_EVERY, "tenancy.sweep_answers", SweepAnswers)
}
