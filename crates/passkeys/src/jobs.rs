//! What is tidied up without anybody asking.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use motel_db::Db;
use motel_jobs::{Chore, HandlerError, Worker};
use motel_kernel::Clock;

use crate::ceremony;

/// As long as a ceremony lasts: strangers can begin as many as the limits let them.
const SWEEP_EVERY: Duration = Duration::from_secs(300);

/// Forgets ceremonies that nobody went through with.
struct SweepCeremonies(Arc<dyn Clock>);

#[async_trait]
impl Chore for SweepCeremonies {
    async fn run(&self, db: &Db) -> Result<(), HandlerError> {
        let mut tx = db.platform("forget old ceremonies").await?;
        let swept = ceremony::sweep(&mut tx, self.0.now()).await?;
        tx.commit().await?;
        if swept > 0 {
            tracing::debug!(swept, "old ceremonies are forgotten");
        }
        Ok(())
    }
}

/// Adds this crate's chore to a worker.
#[must_use]
pub fn register(worker: Worker, clock: Arc<dyn Clock>) -> Worker {
    worker.every(SWEEP_EVERY, "passkeys.sweep", SweepCeremonies(clock))
}
