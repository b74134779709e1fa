use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{Actor, ApiKeyId};
use motel_tenancy::commands::keep_for_assistants;

use crate::model::CeilingsRow;
use crate::schema::ceilings;
use crate::{Ceilings, McpError, SetCeilings, queries};

/// Sets how far the assistant with a key may go, in the place of what was set before. It holds from its next call on. With any ceiling the
/// key opens nothing but where assistants call, since it is looked at nowhere else.
///
/// # Errors
/// [`McpError::NoKey`]; [`McpError::Stale`] when another version than the expected one is there.
pub async fn put_ceilings(
    tx: &mut TenantTx,
    key: ApiKeyId,
    expected: Option<i32>,
    wanted: Ceilings,
    by: Actor,
    now: DateTime<Utc>,
) -> Result<SetCeilings, McpError> {
    let assistant_only = wanted != Ceilings::default();
    if !keep_for_assistants(tx, key, assistant_only).await? {
        return Err(McpError::NoKey);
    }
    let known = queries::ceilings(tx, key).await?.map(|set| set.version);
    if expected.is_some_and(|expected| expected != known.unwrap_or(0)) {
        return Err(McpError::Stale);
    }
    let set = SetCeilings {
        ceilings: wanted,
        version: known.unwrap_or(0).saturating_add(1),
        set_by: by,
        set_at: now,
    };
    let row = CeilingsRow::of(&set);
    diesel::insert_into(ceilings::table)
        .values((
            ceilings::tenant_id.eq(tx.tenant()),
            ceilings::api_key_id.eq(key),
            row.clone(),
        ))
        .on_conflict((ceilings::tenant_id, ceilings::api_key_id))
        .do_update()
        .set(row)
        .execute(tx.conn())
        .await?;
    Ok(set)
}
