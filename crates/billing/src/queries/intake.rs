//! What gateways told the whole installation, for whoever looks after it.

use chrono::{DateTime, Utc};
use diesel::dsl::{IntervalDsl, now};
use diesel::prelude::*;
use diesel::sql_types::Timestamptz;
use diesel_async::RunQueryDsl;
use motel_db::PlatformTx;
use motel_kernel::TenantId;

use crate::schema::{payment_events, stray_events, unread_webhooks, webhook_incidents};
use crate::{BillingError, EventState, PaymentEventId};

/// How the intake of webhooks stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Intake {
    /// Events that could not be taken.
    pub failed: i64,
    /// Genuine webhooks that could not be read.
    pub unread: i64,
    /// Genuine events about no link of ours.
    pub stray: i64,
    /// Webhooks of the last day whose signature proved nothing.
    pub forged: i64,
}

/// An event of some tenant.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct EventOfSome {
    /// The id.
    pub id: PaymentEventId,
    /// Whose.
    pub tenant: TenantId,
    /// From whom.
    pub gateway: String,
    /// The gateway's name for it.
    pub event_id: String,
    /// What happened.
    pub kind: String,
    /// How far it is.
    pub state: EventState,
    /// How often it was tried.
    pub attempts: i32,
    /// Why the last attempt failed.
    pub failure: Option<String>,
    /// When it arrived.
    pub received_at: DateTime<Utc>,
}

/// Webhooks of one hour, from one caller, whose signature proved nothing.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Incident {
    /// In whose name.
    pub gateway: String,
    /// `unsigned`, `malformed_signature`, `wrong_signature` or `stale`.
    pub reason: String,
    /// Who called, as the server saw it; `others` when too many did.
    pub address: String,
    /// How many.
    pub number: i64,
    /// The first of them.
    pub first_at: DateTime<Utc>,
    /// The last.
    pub last_at: DateTime<Utc>,
}

/// How the intake stands.
///
/// # Errors
/// The database failed.
pub async fn intake(tx: &mut PlatformTx) -> Result<Intake, BillingError> {
    let failed = payment_events::table
        .filter(payment_events::state.eq(EventState::Failed))
        .count()
        .get_result(tx.conn())
        .await?;
    let unread = unread_webhooks::table.count().get_result(tx.conn()).await?;
    let stray = stray_events::table.count().get_result(tx.conn()).await?;
    let since = now.into_sql::<Timestamptz>() - 1.day();
    let numbers: Vec<i64> = webhook_incidents::table
        .filter(webhook_incidents::last_at.ge(since))
        .select(webhook_incidents::number)
        .load(tx.conn())
        .await?;
    Ok(Intake {
        failed,
        unread,
        stray,
        forged: numbers.into_iter().fold(0, i64::saturating_add),
    })
}

/// The latest events of all tenants, only of one state where one is named.
///
/// # Errors
/// The database failed.
pub async fn events_of_all(
    tx: &mut PlatformTx,
    state: Option<EventState>,
    limit: i64,
) -> Result<Vec<EventOfSome>, BillingError> {
    use payment_events as table;
    let mut wanted = table::table
        .order((table::received_at.desc(), table::id.desc()))
        .limit(limit)
        .select((
            table::id,
            table::tenant_id,
            table::gateway,
            table::event_id,
            table::kind,
            table::state,
            table::attempts,
            table::failure,
            table::received_at,
        ))
        .into_boxed();
    if let Some(state) = state {
        wanted = wanted.filter(table::state.eq(state));
    }
    Ok(wanted.load(tx.conn()).await?)
}

/// The latest incidents.
///
/// # Errors
/// The database failed.
pub async fn incidents(tx: &mut PlatformTx, limit: i64) -> Result<Vec<Incident>, BillingError> {
    use webhook_incidents as table;
    let found = table::table
        .order((table::last_at.desc(), table::address))
        .limit(limit)
        .select((
            table::gateway,
            table::reason,
            table::address,
            table::number,
            table::first_at,
            table::last_at,
        ))
        .load(tx.conn())
        .await?;
    Ok(found)
}
