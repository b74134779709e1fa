//! What happens by itself: the days of every property are closed when they are over.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use motel_bookings::By;
use motel_db::Db;
use motel_jobs::{Chore, HandlerError, Worker};
use motel_kernel::{Clock, PropertyId, TenantId};
use motel_tenancy::queries::property;

use crate::commands::{close_day, keep_schedule};
use crate::{NightAuditError, queries};

/// How often it is looked whose day is over.
pub const LOOK_EVERY: Duration = Duration::from_secs(20);

/// Closes every day that is over, one after the other: after a night without the server, the days it missed.
pub struct CloseDays(Arc<dyn Clock>);

impl CloseDays {
    /// By the clocks of the properties, which go by this one.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self(clock)
    }
}

/// Adds this crate's chore to a worker.
#[must_use]
pub fn register(worker: Worker, clock: Arc<dyn Clock>) -> Worker {
    worker.every(LOOK_EVERY, "night_audit.close_days", CloseDays::new(clock))
}

#[async_trait]
impl Chore for CloseDays {
    async fn run(&self, db: &Db) -> Result<(), HandlerError> {
        let mut tx = db
            .platform("find the properties with a day to close")
            .await?;
        let due = queries::due(&mut tx, self.0.now()).await?;
        drop(tx);
        for (tenant, property) in due {
            // One property's trouble must not keep the others from their day.
            if let Err(error) = catch_up(db, self.0.as_ref(), tenant, property).await {
                tracing::error!(
                    %tenant, %property,
                    error = &error as &dyn std::error::Error,
                    "a day could not be closed; it is tried again"
                );
            }
        }
        Ok(())
    }
}

/// Closes the days of a property that are over, each in a transaction of its own.
///
/// # Errors
/// A day could not be closed; the ones before it are.
pub async fn catch_up(
    db: &Db,
    clock: &dyn Clock,
    tenant: TenantId,
    id: PropertyId,
) -> Result<u32, NightAuditError> {
    let mut closed = 0;
    loop {
        let mut tx = db.tenant(tenant).await?;
        let property = property(&mut tx, id).await?;
        let property = property.ok_or(NightAuditError::NotFound)?;
        let now = property.now(clock);
        let schedule = keep_schedule(&mut tx, &property, now).await?;
        if !schedule.automatic || schedule.next_due_at > now {
            tx.commit().await?;
            return Ok(closed);
        }
        let day = motel_bookings::queries::business_date(&tx, &property, now).await?;
        let audit = close_day(&mut tx, &property, day, &By::system(), now).await?;
        tx.commit().await?;
        closed += 1;
        tracing::info!(
            %tenant, property = %id, day = %audit.business_date,
            charged = audit.report.charged.len(), no_shows = audit.report.no_shows.len(),
            "a day was closed"
        );
    }
}
