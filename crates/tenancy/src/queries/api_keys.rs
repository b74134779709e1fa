use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::{PlatformTx, TenantTx};
use motel_kernel::{ApiKeyId, TenantId};

use crate::rules::KeyDigest;
use crate::schema::api_keys;
use crate::{ApiKey, KeyHolder, Permission, Permissions, TenancyError};

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

/// One key of the tenant, also when it was revoked; nothing when there is none of that id.
///
/// # Errors
/// The database failed.
pub async fn api_key(tx: &mut TenantTx, id: ApiKeyId) -> Result<Option<ApiKey>, TenancyError> {
    let key = api_keys::table
        .find((tx.tenant(), id))
        .select(ApiKey::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    Ok(key)
}

type HolderRow = (
    Vec<u8>,
    TenantId,
    ApiKeyId,
    Option<Vec<Permission>>,
    Option<DateTime<Utc>>,
    bool,
);

/// Whose key has that digest, if it was not revoked; it may be over.
pub(crate) async fn holder_of_key(
    tx: &mut PlatformTx,
    digest: &KeyDigest,
) -> Result<Option<KeyHolder>, TenancyError> {
    let row: Option<HolderRow> = api_keys::table
        .filter(api_keys::digest.eq(digest.as_bytes()))
        .filter(api_keys::revoked_at.is_null())
        .select(HOLDER)
        .first(tx.conn())
        .await
        .optional()?;
    Ok(row.map(|row| holder(row).1))
}

/// The keys of a tenant that were not revoked, and which they are.
pub(crate) async fn keys_of(
    tx: &mut PlatformTx,
    tenant: TenantId,
) -> Result<HashMap<KeyDigest, KeyHolder>, TenancyError> {
    let rows: Vec<HolderRow> = api_keys::table
        .filter(api_keys::tenant_id.eq(tenant))
        .filter(api_keys::revoked_at.is_null())
        .select(HOLDER)
        .load(tx.conn())
        .await?;
    let keys = rows.into_iter().map(holder);
    Ok(keys
        .filter_map(|(digest, holder)| Some((KeyDigest::from_bytes(&digest)?, holder)))
        .collect())
}

const HOLDER: (
    api_keys::digest,
    api_keys::tenant_id,
    api_keys::id,
    api_keys::permissions,
    api_keys::expires_at,
    api_keys::assistant_only,
) = (
    api_keys::digest,
    api_keys::tenant_id,
    api_keys::id,
    api_keys::permissions,
    api_keys::expires_at,
    api_keys::assistant_only,
);

fn holder(row: HolderRow) -> (Vec<u8>, KeyHolder) {
    let (digest, tenant, key, permissions, expires_at, assistant_only) = row;
    let permissions = match permissions {
        Some(some) => some.into_iter().collect(),
        None => Permissions::all(),
    };
    let holder = KeyHolder {
        tenant,
        key,
        permissions,
        expires_at,
        assistant_only,
    };
    (digest, holder)
}
