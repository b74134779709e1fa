//! Changes. The caller opens the transaction and commits it.

use chrono::{DateTime, Utc};
use diesel::dsl::max;
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error as SqlError};
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{Actor, TenantId};

use crate::schema::{active, versions};
use crate::{Flow, FlowError, FlowKind, Version};

/// The most versions of a flow that are kept.
pub const MOST_VERSIONS: i32 = 500;

/// A version as PostgreSQL keeps it.
#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = versions, check_for_backend(diesel::pg::Pg))]
pub(crate) struct VersionRow {
    tenant_id: TenantId,
    kind: FlowKind,
    version: i32,
    name: String,
    definition: serde_json::Value,
    made_by: String,
    made_at: DateTime<Utc>,
}

impl TryFrom<VersionRow> for Version {
    type Error = SqlError;

    fn try_from(row: VersionRow) -> Result<Self, SqlError> {
        let flow = serde_json::from_value(row.definition);
        Ok(Self {
            kind: row.kind,
            version: row.version,
            flow: flow.map_err(|error| SqlError::DeserializationError(error.into()))?,
            made_by: row.made_by,
            made_at: row.made_at,
        })
    }
}

/// Keeps a flow as the next version of its kind. It is not in force by that.
///
/// # Errors
/// [`FlowError::TooMany`]; [`FlowError::Busy`] when somebody else was faster.
pub async fn keep_version(
    tx: &mut TenantTx,
    kind: FlowKind,
    flow: Flow,
    by: Actor,
    now: DateTime<Utc>,
) -> Result<Version, FlowError> {
    let last: Option<i32> = versions::table
        .filter(versions::tenant_id.eq(tx.tenant()))
        .filter(versions::kind.eq(kind))
        .select(max(versions::version))
        .first(tx.conn())
        .await?;
    let last = last.unwrap_or(0);
    if last >= MOST_VERSIONS {
        return Err(FlowError::TooMany {
            most: MOST_VERSIONS,
        });
    }
    let kept = Version {
        kind,
        version: last.saturating_add(1),
        flow,
        made_by: by.to_string(),
        made_at: now,
    };
    let definition = serde_json::to_value(&kept.flow)
        .map_err(|error| SqlError::SerializationError(error.into()))?;
    diesel::insert_into(versions::table)
        .values(VersionRow {
            tenant_id: tx.tenant(),
            kind,
            version: kept.version,
            name: kept.flow.name().to_owned(),
            definition,
            made_by: kept.made_by.clone(),
            made_at: now,
        })
        .execute(tx.conn())
        .await
        .map_err(busy)?;
    Ok(kept)
}

fn busy(error: SqlError) -> FlowError {
    match error {
        SqlError::DatabaseError(DatabaseErrorKind::UniqueViolation, _) => FlowError::Busy,
        other => FlowError::Sql(other),
    }
}

/// Makes a version the one in force, be it a newer or an older one.
///
/// # Errors
/// [`FlowError::NotFound`]
pub async fn put_in_force(
    tx: &mut TenantTx,
    kind: FlowKind,
    number: i32,
    by: Actor,
    now: DateTime<Utc>,
) -> Result<Version, FlowError> {
    let version = crate::queries::version(tx, kind, number).await?;
    let set = (
        active::version.eq(number),
        active::set_by.eq(by.to_string()),
        active::set_at.eq(now),
    );
    diesel::insert_into(active::table)
        .values((
            active::tenant_id.eq(tx.tenant()),
            active::kind.eq(kind),
            set.clone(),
        ))
        .on_conflict((active::tenant_id, active::kind))
        .do_update()
        .set(set)
        .execute(tx.conn())
        .await?;
    Ok(version)
}

/// Goes by the default again. Asked twice it is the same.
pub async fn put_out_of_force(tx: &mut TenantTx, kind: FlowKind) -> Result<(), FlowError> {
    diesel::delete(active::table.find((tx.tenant(), kind)))
        .execute(tx.conn())
        .await?;
    Ok(())
}
