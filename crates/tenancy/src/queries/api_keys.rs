use std::collections::HashMap;

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::{PlatformTx, TenantTx};
use motel_kernel::{ApiKeyId, TenantId};

use crate::rules::KeyDigest;
use crate::schema::api_keys;
use crate::{ApiKey, TenancyError};

/// At most `limit` keys of the tenant, the oldest first, from the one after `after` on; revoked ones too.
///
/// # Errors
/// The database failed.
pub async fn api_keys(
    tx: &mut TenantTx,
    after: Option<ApiKeyId>,
    limit: i64,
) -> Result<Vec<ApiKey>, TenancyError> {
    let mut keys = api_keys::table
        .order(api_keys::id)
        .select(ApiKey::as_select())
        .limit(limit)
        .into_boxed();
    if let Some(after) = after {
        keys = keys.filter(api_keys::id.gt(after));
    }
    Ok(keys.load(tx.conn()).await?)
}

/// Whose key has that digest, if it still works.
pub(crate) async fn holder_of_key(
    tx: &mut PlatformTx,
    digest: &KeyDigest,
) -> Result<Option<(TenantId, ApiKeyId)>, TenancyError> {
    Ok(api_keys::table
        .filter(api_keys::digest.eq(digest.as_bytes()))
        .filter(api_keys::revoked_at.is_null())
        .select((api_keys::tenant_id, api_keys::id))
        .first(tx.conn())
        .await
        .optional()?)
}

/// The keys of a tenant that are good, and which they are.
pub(crate) async fn keys_of(
    tx: &mut PlatformTx,
    tenant: TenantId,
) -> Result<HashMap<KeyDigest, ApiKeyId>, TenancyError> {
    let rows: Vec<(Vec<u8>, ApiKeyId)> = api_keys::table
        .filter(api_keys::tenant_id.eq(tenant))
        .filter(api_keys::revoked_at.is_null())
        .select((api_keys::digest, api_keys::id))
        .load(tx.conn())
        .await?;
    let keys = rows.into_iter();
    Ok(keys
        .filter_map(|(digest, key)| Some((KeyDigest::from_bytes(&digest)?, key)))
        .collect())
}
