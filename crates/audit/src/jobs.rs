//! What happens by itself: entries are chained, and those that were kept long enough go.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use motel_db::Db;
use motel_jobs::{Chore, HandlerError, Worker};
use motel_kernel::Clock;

use crate::commands::{chain_entries, cut_chains};

/// An entry is safe from those who can delete rows of the database once it is chained.
const CHAIN_EVERY: Duration = Duration::from_secs(2);
const CUT_EVERY: Duration = Duration::from_secs(3_600);

/// Gives entries their places in the chain.
struct ChainEntries;

#[async_trait]
impl Chore for ChainEntries {
    async fn run(&self, db: &Db) -> Result<(), HandlerError> {
        let chained = chain_entries(db).await?;
        if chained > 0 {
            tracing::debug!(chained, "entries of the audit log are chained");
        }
        Ok(())
    }
}

/// Removes what was kept long enough.
struct CutChains(Arc<dyn Clock>);

#[async_trait]
impl Chore for CutChains {
    async fn run(&self, db: &Db) -> Result<(), HandlerError> {
        let removed = cut_chains(db, self.0.now()).await?;
        if removed > 0 {
            tracing::info!(removed, "entries of the audit log were kept long enough");
        }
        Ok(())
    }
}

/// Adds this crate's chores to a worker.
#[must_use]
pub fn register(worker: Worker, clock: Arc<dyn Clock>) -> Worker {
    worker
        .every(CHAIN_EVERY, "audit.chain_entries", ChainEntries)
        .every(CUT_EVERY, "audit.cut_chains", CutChains(clock))
}
