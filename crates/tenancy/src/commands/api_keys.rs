use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{Actor, ApiKeyId};

use crate::schema::api_keys;
use crate::{ApiKey, KeyTerms, NewApiKey, Permission, TenancyError, rules};

/// The most keys of one tenant that work at a time.
const MOST_KEYS: i64 = 100;

/// Makes a key for a program that may do everything, for good. `name` says what it is for, 1 to 120 characters.
///
/// # Errors
/// [`TenancyError::TooManyKeys`] when a hundred work already; the database failed.
pub async fn create_api_key(
    tx: &mut TenantTx,
    name: &str,
    created_by: Actor,
) -> Result<NewApiKey, TenancyError> {
    create_limited_api_key(tx, name, KeyTerms::default(), created_by).await
}

/// Makes a key that may do some things, or works for a time. Whether its maker may give so much away is for the caller to
/// know.
///
/// # Errors
/// [`TenancyError::TooManyKeys`] when a hundred work already; the database failed, also because the key would be over already.
pub async fn create_limited_api_key(
    tx: &mut TenantTx,
    name: &str,
    terms: KeyTerms,
    created_by: Actor,
) -> Result<NewApiKey, TenancyError> {
    let permissions: Option<Vec<Permission>> = terms.permissions.map(|all| all.iter().collect());
    let working: i64 = api_keys::table
        .filter(api_keys::revoked_at.is_null())
        .filter(sql::<Bool>("(expires_at IS NULL OR expires_at > now())"))
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
        api_keys::permissions.eq(permissions),
        api_keys::expires_at.eq(terms.expires_at),
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

/// Has a key open nothing but where assistants call, or lets it open again what it permits. Whether the tenant has such a key.
///
/// # Errors
/// The database failed.
pub async fn keep_for_assistants(
    tx: &mut TenantTx,
    id: ApiKeyId,
    assistant_only: bool,
) -> Result<bool, TenancyError> {
    let known = diesel::update(api_keys::table.find((tx.tenant(), id)))
        .set(api_keys::assistant_only.eq(assistant_only))
        .execute(tx.conn())
        .await?;
    Ok(known == 1)
}
