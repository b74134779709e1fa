use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_concierge::tools::BookedNow;
use motel_db::TenantTx;
use motel_kernel::ApiKeyId;

use crate::McpError;
use crate::schema::made;

/// Notes that a key booked something. Doing it twice notes it once.
///
/// # Errors
/// The database failed.
pub async fn note_made(
    tx: &mut TenantTx,
    key: ApiKeyId,
    booked: &BookedNow,
    now: DateTime<Utc>,
) -> Result<(), McpError> {
    diesel::insert_into(made::table)
        .values((
            made::tenant_id.eq(tx.tenant()),
            made::kind.eq(booked.sold),
            made::code.eq(&booked.code),
            made::api_key_id.eq(key),
            made::made_at.eq(now),
        ))
        .on_conflict_do_nothing()
        .execute(tx.conn())
        .await?;
    Ok(())
}
