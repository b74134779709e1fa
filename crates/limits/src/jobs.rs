//! What is forgotten.

use std::time::Duration;

use async_trait::async_trait;
use diesel_async::RunQueryDsl;
use motel_db::Db;
use motel_jobs::{Chore, HandlerError, Worker};

use crate::LimitsError;

/// How often.
const SWEEP_EVERY: Duration = Duration::from_secs(300);

/// Forgets who has not asked for a while.
struct SweepBuckets;

#[async_trait]
impl Chore for SweepBuckets {
    async fn run(&self, db: &Db) -> Result<(), HandlerError> {
        let swept = sweep(db).await?;
        tracing::debug!(swept, "counts of requests are forgotten");
        Ok(())
    }
}

async fn sweep(db: &Db) -> Result<usize, LimitsError> {
    let mut tx = db.redoable("forget who asked").await?;
    let swept = diesel::sql_query("DELETE FROM limits.buckets WHERE empty_at < now()")
        .execute(tx.conn())
        .await?;
    tx.commit().await?;
    Ok(swept)
}

/// Adds this crate's chore to a worker.
pub fn register(worker: Worker) -> Worker {
    worker.every(SWEEP_EVERY, "limits.sweep_buckets", SweepBuckets)
}
