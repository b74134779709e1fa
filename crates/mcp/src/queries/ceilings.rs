use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::ApiKeyId;

use crate::model::CeilingsRow;
use crate::schema::ceilings;
use crate::{Ceilings, McpError, SetCeilings};

/// What was set for a key; nothing where it has no ceilings.
///
/// # Errors
/// The database failed.
pub async fn ceilings(tx: &mut TenantTx, key: ApiKeyId) -> Result<Option<SetCeilings>, McpError> {
    let row: Option<CeilingsRow> = ceilings::table
        .find((tx.tenant(), key))
        .select(CeilingsRow::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    row.map(CeilingsRow::read).transpose()
}

/// The ceilings of a key that is about to book, locked until the transaction ends: of two bookings at once, the second counts the first.
///
/// # Errors
/// The database failed.
pub async fn ceilings_for_booking(tx: &mut TenantTx, key: ApiKeyId) -> Result<Ceilings, McpError> {
    let row: Option<CeilingsRow> = ceilings::table
        .find((tx.tenant(), key))
        .select(CeilingsRow::as_select())
        .for_no_key_update()
        .first(tx.conn())
        .await
        .optional()?;
    let set = row.map(CeilingsRow::read).transpose()?;
    Ok(set.map(|set| set.ceilings).unwrap_or_default())
}
