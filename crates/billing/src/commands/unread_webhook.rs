//! Genuine webhooks that could not be read: kept until they can.

use chrono::{DateTime, Utc};
use diesel::dsl::{IntervalDsl, now};
use diesel::prelude::*;
use diesel::sql_types::Timestamptz;
use diesel_async::RunQueryDsl;
use motel_db::PlatformTx;
use motel_payments::GatewayName;
use uuid::Uuid;

use super::intents::ROUND;
use crate::BillingError;
use crate::rules::wait_after;
use crate::schema::unread_webhooks as table;

/// How long one is kept that nobody can read.
const KEPT_DAYS: i32 = 90;

/// One that is tried again.
#[derive(Queryable)]
pub(crate) struct Unread {
    pub(crate) id: Uuid,
    pub(crate) gateway: String,
    pub(crate) body: Vec<u8>,
    pub(crate) received_at: DateTime<Utc>,
}

/// Keeps one, once, however often it is delivered.
pub(crate) async fn keep_unread_webhook(
    tx: &mut PlatformTx,
    gateway: GatewayName,
    body: &[u8],
    received_at: DateTime<Utc>,
    failure: &str,
) -> Result<(), BillingError> {
    diesel::insert_into(table::table)
        .values((
            table::id.eq(Uuid::now_v7()),
            table::gateway.eq(gateway.as_str()),
            table::body.eq(body),
            table::received_at.eq(received_at),
            table::failure.eq(failure),
        ))
        .on_conflict_do_nothing()
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Those that are due to be read again, the first first.
pub(crate) async fn webhooks_to_read(tx: &mut PlatformTx) -> Result<Vec<Unread>, BillingError> {
    let due = table::table
        .filter(table::try_at.le(now.into_sql::<Timestamptz>().nullable()))
        .order((table::received_at, table::id))
        .limit(ROUND)
        .select((table::id, table::gateway, table::body, table::received_at))
        .load(tx.conn())
        .await?;
    Ok(due)
}

/// It was read, and what it says is kept.
pub(crate) async fn forget_unread_webhook(
    tx: &mut PlatformTx,
    id: Uuid,
) -> Result<(), BillingError> {
    diesel::delete(table::table.find(id))
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// It could not be read again.
pub(crate) async fn note_unread(
    tx: &mut PlatformTx,
    id: Uuid,
    failure: &str,
) -> Result<(), BillingError> {
    let attempts: i32 = diesel::update(table::table.find(id))
        .set((
            table::attempts.eq(table::attempts + 1),
            table::failure.eq(failure),
            table::try_at.eq(None::<DateTime<Utc>>),
        ))
        .returning(table::attempts)
        .get_result(tx.conn())
        .await?;
    if let Some(wait) = wait_after(attempts) {
        let minutes = i32::try_from(wait.num_minutes()).unwrap_or(i32::MAX);
        diesel::update(table::table.find(id))
            .set(table::try_at.eq((now.into_sql::<Timestamptz>() + minutes.minutes()).nullable()))
            .execute(tx.conn())
            .await?;
    }
    Ok(())
}

/// Deletes those that nobody could read for so long that nobody will, since what guests paid is in their bodies. Answers how many.
pub(crate) async fn forget_old_webhooks(tx: &mut PlatformTx) -> Result<usize, BillingError> {
    let old = table::received_at.lt(now.into_sql::<Timestamptz>() - KEPT_DAYS.days());
    let number = diesel::delete(table::table.filter(old))
        .execute(tx.conn())
        .await?;
    Ok(number)
}

/// Has all of them read again at the next occasion, also those that were tried often enough. Answers how many.
///
/// # Errors
/// The database failed.
pub async fn read_webhooks_again(tx: &mut PlatformTx) -> Result<usize, BillingError> {
    let due = table::try_at.eq(now.into_sql::<Timestamptz>().nullable());
    let number = diesel::update(table::table)
        .set(due)
        .execute(tx.conn())
        .await?;
    Ok(number)
}
