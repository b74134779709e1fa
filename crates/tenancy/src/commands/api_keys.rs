use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{Actor, ApiKeyId};

use crate::schema::api_keys;
use crate::{ApiKey, NewApiKey, TenancyError, rules};

/// The most keys of one tenant that work at a time.
const MOST_KEYS: i64 = 100;

/// Makes a key for a program. `name` says what it is for, 1 to 120 characters.
///
/// # Errors
/// [`TenancyError::TooManyKeys`] when a hundred work already; the database failed.
pub async fn create_api_key(
    tx: &mut TenantTx,
    name: &str,
    created_by: Actor,
) -> Result<NewApiKey, TenancyError> {
    let working: i64 = api_keys::table
        .filter(api_keys::revoked_at.is_null())
        .count()
        .get_result(tx.conn())
        .await?;
    if working >= MOST_KEYS {
        return Err(TenancyError::TooManyKeys);
    }
    let minted = rules::mint();
    let row = (
        api_keys::tenant_id.eq(tx.tenant()),
        api_keys::id.eq(ApiKeyId::new()),
        api_keys::name.eq(name),
        api_keys::hint.eq(minted.hint),
        api_keys::digest.eq(minted.digest.as_bytes()),
        api_keys::created_by.eq(created_by),
    );
    let key = diesel::insert_into(api_keys::table)
        .values(row)
        .returning(ApiKey::as_returning())
        .get_result(tx.conn())
        .await?;
    let secret = minted.secret;
    Ok(NewApiKey { key, secret })
}

/// Revokes a key for good; `None` when the tenant has no such key. Revoking it again changes nothing.
///
/// # Errors
/// The database failed.
pub async fn revoke_api_key(
    tx: &mut TenantTx,
    id: ApiKeyId,
) -> Result<Option<ApiKey>, TenancyError> {
    let tenant = tx.tenant();
    diesel::update(api_keys::table.find((tenant, id)))
        .filter(api_keys::revoked_at.is_null())
        .set(api_keys::revoked_at.eq(diesel::dsl::now))
        .execute(tx.conn())
        .await?;
    Ok(api_keys::table
        .find((tenant, id))
        .select(ApiKey::as_select())
        .first(tx.conn())
        .await
        .optional()?)
}
