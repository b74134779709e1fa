use diesel::dsl::count_star;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::PlatformTx;
use motel_kernel::TenantId;
use motel_seal::KeyId;

use crate::schema::credentials;
use crate::{CredentialsError, Provider};

/// How many credentials of the installation are under which master key.
///
/// # Errors
/// The database failed.
pub async fn master_keys_in_use(
    platform: &mut PlatformTx,
) -> Result<Vec<(KeyId, i64)>, CredentialsError> {
    let rows: Vec<(Vec<u8>, i64)> = credentials::table
        .group_by(credentials::key_id)
        .order(credentials::key_id)
        .select((credentials::key_id, count_star()))
        .load(platform.conn())
        .await?;
    let known = rows.into_iter().map(|(id, number)| {
        let id = id.try_into().map_err(|_| CredentialsError::Unreadable)?;
        Ok((KeyId::from_bytes(id), number))
    });
    known.collect()
}

/// At most `limit` credentials that are under another master key than this one, in their order, from the one after `after` on.
///
/// # Errors
/// The database failed.
pub async fn under_other_keys(
    platform: &mut PlatformTx,
    sealing: KeyId,
    after: Option<(TenantId, Provider)>,
    limit: i64,
) -> Result<Vec<(TenantId, Provider)>, CredentialsError> {
    let mut others = credentials::table
        .filter(credentials::key_id.ne(sealing.as_bytes().to_vec()))
        .order((credentials::tenant_id, credentials::provider))
        .select((credentials::tenant_id, credentials::provider))
        .limit(limit)
        .into_boxed();
    if let Some((tenant, provider)) = after {
        let later = credentials::tenant_id
            .eq(tenant)
            .and(credentials::provider.gt(provider));
        others = others.filter(credentials::tenant_id.gt(tenant).or(later));
    }
    Ok(others.load(platform.conn()).await?)
}
