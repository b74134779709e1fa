use chrono::{DateTime, Utc};
use diesel::dsl::{IntervalDsl, now};
use diesel::prelude::*;
use diesel::sql_types::Timestamptz;
use diesel_async::RunQueryDsl;
use motel_db::{Db, PlatformTx, Standing};
use motel_kernel::{EventId, TenantId};
use serde_json::Value;
use uuid::Uuid;

use super::subscribers::Subscribers;
use crate::schema::{deliveries, events};
use crate::{DeliveryStatus, JobsError};

/// How long a delivery belongs to the worker that took it. Longer than an attempt may take, so that it never runs in
/// two workers at once as long as both are alive.
const LEASE_SECONDS: i32 = 90;

/// A delivery that is this worker's until its lease runs out.
#[derive(Queryable)]
pub(super) struct Claimed {
    pub(super) tenant_id: TenantId,
    pub(super) id: Uuid,
    pub(super) event_id: EventId,
    pub(super) subscriber: String,
    pub(super) attempts: i32,
    pub(super) kind: String,
    pub(super) payload: Value,
    pub(super) occurred_at: DateTime<Utc>,
}

impl Claimed {
    /// Which attempt this is, from 1.
    pub(super) fn attempt(&self) -> u32 {
        u32::try_from(self.attempts).unwrap_or_default()
    }
}

/// Takes up to `most` deliveries that are due, or whose worker has died.
pub(super) async fn claim(
    db: &Db,
    subscribers: &Subscribers,
    most: usize,
) -> Result<Vec<Claimed>, JobsError> {
    let mut tx = db.redoable("take deliveries that are due").await?;
    let due = due(&mut tx, subscribers, most).await?;
    if due.is_empty() {
        return Ok(Vec::new());
    }
    let (tenants, ids): (Vec<_>, Vec<_>) = due.into_iter().unzip();
    let claimed = lease(&mut tx, &tenants, &ids).await?;
    tx.commit().await?;
    Ok(claimed)
}

async fn due(
    tx: &mut PlatformTx,
    subscribers: &Subscribers,
    most: usize,
) -> Result<Vec<(TenantId, Uuid)>, JobsError> {
    let moment = now.into_sql::<Timestamptz>();
    let waiting = deliveries::status
        .eq(DeliveryStatus::Pending)
        .and(deliveries::run_at.le(moment));
    let abandoned = deliveries::status
        .eq(DeliveryStatus::Running)
        .and(deliveries::locked_until.le(moment.nullable()));
    Ok(deliveries::table
        .filter(waiting.or(abandoned.assume_not_null()))
        .filter(deliveries::subscriber.eq_any(subscribers.names()))
        .order(deliveries::run_at)
        .limit(i64::try_from(most).unwrap_or(i64::MAX))
        .select((deliveries::tenant_id, deliveries::id))
        .for_update()
        .skip_locked()
        .load(tx.conn())
        .await?)
}

async fn lease(
    tx: &mut PlatformTx,
    tenants: &[TenantId],
    ids: &[Uuid],
) -> Result<Vec<Claimed>, JobsError> {
    let these = deliveries::tenant_id
        .eq_any(tenants)
        .and(deliveries::id.eq_any(ids));
    let until = now.into_sql::<Timestamptz>() + LEASE_SECONDS.seconds();
    let leased = diesel::update(deliveries::table).filter(these).set((
        deliveries::status.eq(DeliveryStatus::Running),
        deliveries::attempts.eq(deliveries::attempts + 1),
        deliveries::locked_until.eq(until.nullable()),
    ));
    Standing(leased).execute(tx.conn()).await?;
    let of_event = events::tenant_id
        .eq(deliveries::tenant_id)
        .and(events::id.eq(deliveries::event_id));
    Ok(deliveries::table
        .inner_join(events::table.on(of_event))
        .filter(
            deliveries::tenant_id
                .eq_any(tenants)
                .and(deliveries::id.eq_any(ids)),
        )
        .select((
            deliveries::tenant_id,
            deliveries::id,
            deliveries::event_id,
            deliveries::subscriber,
            deliveries::attempts,
            events::kind,
            events::payload,
            events::occurred_at,
        ))
        .load(tx.conn())
        .await?)
}
