//! Reading flows.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;

use crate::commands::VersionRow;
use crate::schema::{active, versions};
use crate::{FlowError, FlowKind, Version};

/// A version without what it says.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct Written {
    /// The first is 1.
    pub version: i32,
    /// What the flow is called there.
    pub name: String,
    /// By whom.
    pub made_by: String,
    /// When.
    pub made_at: DateTime<Utc>,
}

/// The versions of a flow before `before`, or all, the newest first; at most `limit`. What they say is not read.
pub async fn written(
    tx: &mut TenantTx,
    kind: FlowKind,
    before: Option<i32>,
    limit: i64,
) -> Result<Vec<Written>, FlowError> {
    let found = versions::table
        .filter(versions::tenant_id.eq(tx.tenant()))
        .filter(versions::kind.eq(kind))
        .filter(versions::version.lt(before.unwrap_or(i32::MAX)))
        .order(versions::version.desc())
        .limit(limit)
        .select((
            versions::version,
            versions::name,
            versions::made_by,
            versions::made_at,
        ))
        .load(tx.conn())
        .await?;
    Ok(found)
}

/// One of them.
///
/// # Errors
/// [`FlowError::NotFound`]
pub async fn version(tx: &mut TenantTx, kind: FlowKind, number: i32) -> Result<Version, FlowError> {
    let row: Option<VersionRow> = versions::table
        .find((tx.tenant(), kind, number))
        .select(VersionRow::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    Ok(Version::try_from(row.ok_or(FlowError::NotFound)?)?)
}

/// Which version of each kind is in force. A kind that is not among them goes by the default.
pub async fn in_force(tx: &mut TenantTx) -> Result<Vec<(FlowKind, i32)>, FlowError> {
    let found = active::table
        .filter(active::tenant_id.eq(tx.tenant()))
        .order(active::kind)
        .select((active::kind, active::version))
        .load(tx.conn())
        .await?;
    Ok(found)
}
