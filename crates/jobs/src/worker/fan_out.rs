use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::{Db, PlatformTx, Standing};
use motel_kernel::{EventId, TenantId};
use uuid::Uuid;

use super::subscribers::Subscribers;
use crate::schema::{deliveries, events};
use crate::{DeliveryStatus, JobsError};

/// How many events are looked at in one transaction.
const AT_ONCE: i64 = 200;

/// An event nobody has been given yet.
type New = (TenantId, EventId, String);

/// Gives every new event to its subscribers. An event is marked in the transaction that writes its deliveries, so it is
/// fanned out once, whole, whoever dies when.
pub(super) async fn fan_out(db: &Db, subscribers: &Subscribers) -> Result<(), JobsError> {
    loop {
        let mut tx = db.redoable("hand events to their subscribers").await?;
        let new = new_events(&mut tx).await?;
        if new.is_empty() {
            return Ok(());
        }
        write_deliveries(&mut tx, &new, subscribers).await?;
        mark(&mut tx, &new).await?;
        tx.commit().await?;
    }
}

async fn new_events(tx: &mut PlatformTx) -> Result<Vec<New>, JobsError> {
    Ok(events::table
        .filter(events::fanned_out.eq(false))
        .order(events::id)
        .limit(AT_ONCE)
        .select((events::tenant_id, events::id, events::kind))
        .for_update()
        .skip_locked()
        .load(tx.conn())
        .await?)
}

async fn write_deliveries(
    tx: &mut PlatformTx,
    new: &[New],
    subscribers: &Subscribers,
) -> Result<(), JobsError> {
    let rows: Vec<_> = new
        .iter()
        .flat_map(|(tenant, event, kind)| {
            subscribers.of_kind(kind).map(move |subscriber| {
                (
                    deliveries::tenant_id.eq(tenant),
                    deliveries::id.eq(Uuid::now_v7()),
                    deliveries::event_id.eq(event),
                    deliveries::subscriber.eq(subscriber),
                    deliveries::status.eq(DeliveryStatus::Pending),
                )
            })
        })
        .collect();
    diesel::insert_into(deliveries::table)
        .values(rows)
        .on_conflict_do_nothing()
        .execute(tx.conn())
        .await?;
    Ok(())
}

async fn mark(tx: &mut PlatformTx, new: &[New]) -> Result<(), JobsError> {
    let tenants: Vec<_> = new.iter().map(|(tenant, _, _)| *tenant).collect();
    let ids: Vec<_> = new.iter().map(|(_, event, _)| *event).collect();
    let marked = diesel::update(events::table)
        .filter(events::tenant_id.eq_any(tenants))
        .filter(events::id.eq_any(ids))
        .set(events::fanned_out.eq(true));
    Standing(marked).execute(tx.conn()).await?;
    Ok(())
}
