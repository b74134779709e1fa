use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::Db;
use motel_jobs::{Chore, HandlerError};
use motel_kernel::{Clock, TenantId};
use motel_tenancy::queries::property_clocks;

use crate::commands::ring_due;
use crate::schema::timers;

/// How often it is looked.
pub(super) const LOOK_EVERY: Duration = Duration::from_secs(15);

/// How many appointments are seen to in one transaction.
const AT_ONCE: i64 = 100;

/// Tells reminders and lets holds run out, by each tenant's own clock.
pub struct RingTimers {
    clock: Arc<dyn Clock>,
}

impl RingTimers {
    /// By this clock, and how far a sandbox is ahead of it.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock }
    }

    /// Who has something due, with what their clock shows.
    async fn due(&self, db: &Db) -> Result<Vec<(TenantId, DateTime<Utc>)>, HandlerError> {
        let mut tx = db.platform("see whose appointments fall due").await?;
        let mut ahead: HashMap<TenantId, TimeDelta> = HashMap::new();
        for clock in property_clocks(&mut tx).await? {
            let known = ahead.entry(clock.tenant).or_default();
            *known = clock.offset.max(*known);
        }
        let furthest = ahead.values().max().copied().unwrap_or_default();
        let now = self.clock.now();
        let earliest = diesel::dsl::min(timers::due_at);
        let due: Vec<(TenantId, Option<DateTime<Utc>>)> = timers::table
            .filter(timers::due_at.le(now + furthest))
            .group_by(timers::tenant_id)
            .select((timers::tenant_id, earliest))
            .load(tx.conn())
            .await?;
        let due = due.into_iter().filter_map(|(tenant, earliest)| {
            let theirs = now + ahead.get(&tenant).copied().unwrap_or_default();
            (earliest? <= theirs).then_some((tenant, theirs))
        });
        Ok(due.collect())
    }
}

#[async_trait]
impl Chore for RingTimers {
    async fn run(&self, db: &Db) -> Result<(), HandlerError> {
        for (tenant, now) in self.due(db).await? {
            loop {
                let mut tx = db.tenant(tenant).await?;
                let rung = ring_due(&mut tx, now, AT_ONCE).await?;
                tx.commit().await?;
                // Fewer than were asked for: that was all.
                if i64::try_from(rung.appointments)? < AT_ONCE {
                    break;
                }
            }
        }
        Ok(())
    }
}
