use std::time::Duration;

use async_trait::async_trait;
use motel_db::Db;
use motel_jobs::{Chore, HandlerError};

use crate::BillingError;
use crate::commands::forget_old_webhooks;

/// How often it is looked.
pub(super) const SWEEP_EVERY: Duration = Duration::from_secs(3600);

/// Deletes webhooks that nobody could read for 90 days.
pub(super) struct SweepWebhooks;

#[async_trait]
impl Chore for SweepWebhooks {
    async fn run(&self, db: &Db) -> Result<(), HandlerError> {
        let swept = sweep(db).await?;
        if swept > 0 {
            tracing::warn!(
                swept,
                "webhooks that nobody could read for 90 days are deleted"
            );
        }
        Ok(())
    }
}

async fn sweep(db: &Db) -> Result<usize, BillingError> {
    let mut tx = db.platform("delete webhooks nobody could read").await?;
    let swept = forget_old_webhooks(&mut tx).await?;
    tx.commit().await?;
    Ok(swept)
}
