//! Reading audits and schedules. Nothing here writes.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{Timestamptz, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use motel_db::{PlatformTx, TenantTx};
use motel_kernel::{PropertyId, TenantId};

use crate::model::NightAuditRow;
use crate::schema::{audits, schedules};
use crate::{NightAudit, NightAuditError, Schedule};

/// The audit that closed a day.
pub async fn find(
    tx: &mut TenantTx,
    property: PropertyId,
    business_date: NaiveDate,
) -> Result<Option<NightAudit>, NightAuditError> {
    let row: Option<NightAuditRow> = audits::table
        .filter(audits::tenant_id.eq(tx.tenant()))
        .filter(audits::property_id.eq(property))
        .filter(audits::business_date.eq(business_date))
        .select(NightAuditRow::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    row.map(NightAudit::try_from).transpose()
}

/// The audits of a property, the last day first, at most `limit` of those before `before`.
pub async fn list(
    tx: &mut TenantTx,
    property: PropertyId,
    before: Option<NaiveDate>,
    limit: i64,
) -> Result<Vec<NightAudit>, NightAuditError> {
    let mut days = audits::table
        .filter(audits::tenant_id.eq(tx.tenant()))
        .filter(audits::property_id.eq(property))
        .order(audits::business_date.desc())
        .limit(limit)
        .select(NightAuditRow::as_select())
        .into_boxed();
    if let Some(before) = before {
        days = days.filter(audits::business_date.lt(before));
    }
    let rows: Vec<NightAuditRow> = days.load(tx.conn()).await?;
    rows.into_iter().map(NightAudit::try_from).collect()
}

/// The schedule of a property; `None` before anything was closed or scheduled there.
pub async fn schedule(
    tx: &mut TenantTx,
    property: PropertyId,
) -> Result<Option<Schedule>, NightAuditError> {
    Ok(schedules::table
        .find((tx.tenant(), property))
        .select(Schedule::as_select())
        .first(tx.conn())
        .await
        .optional()?)
}

#[derive(QueryableByName)]
struct DueRow {
    #[diesel(sql_type = SqlUuid)]
    tenant_id: TenantId,
    #[diesel(sql_type = SqlUuid)]
    property_id: PropertyId,
}

/// The properties that have a day to close at `now` by their own clocks, and those that have no schedule yet.
pub async fn due(
    tx: &mut PlatformTx,
    now: DateTime<Utc>,
) -> Result<Vec<(TenantId, PropertyId)>, NightAuditError> {
    let rows: Vec<DueRow> = sql_query(
        "SELECT p.tenant_id, p.id AS property_id
         FROM tenancy.properties p
         LEFT JOIN night_audit.schedules s ON s.tenant_id = p.tenant_id AND s.property_id = p.id
         WHERE s.property_id IS NULL
            OR (s.automatic AND s.next_due_at <= $1 + make_interval(secs => p.clock_offset_seconds))
         ORDER BY p.tenant_id, p.id",
    )
    .bind::<Timestamptz, _>(now)
    .load(tx.conn())
    .await?;
    let pairs = rows.into_iter().map(|row| (row.tenant_id, row.property_id));
    Ok(pairs.collect())
}
