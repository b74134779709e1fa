use diesel::dsl::exists;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::ApiKeyId;

use crate::schema::visits;
use crate::{McpError, VisitId};

/// Whether the assistant with this key is here under that number.
///
/// # Errors
/// The database failed.
pub async fn is_visiting(tx: &mut TenantTx, key: ApiKeyId, id: VisitId) -> Result<bool, McpError> {
    let own = visits::table
        .find((tx.tenant(), id))
        .filter(visits::api_key_id.eq(key));
    Ok(diesel::select(exists(own)).get_result(tx.conn()).await?)
}
