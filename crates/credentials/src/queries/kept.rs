use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;

use crate::schema::credentials;
use crate::{CredentialsError, KeptCredential, Provider};

/// What is kept for a provider, if anything.
///
/// # Errors
/// The database failed.
pub async fn kept_credential(
    tx: &mut TenantTx,
    provider: Provider,
) -> Result<Option<KeptCredential>, CredentialsError> {
    Ok(credentials::table
        .find((tx.tenant(), provider))
        .select(KeptCredential::as_select())
        .first(tx.conn())
        .await
        .optional()?)
}

/// All that is kept for the tenant.
///
/// # Errors
/// The database failed.
pub async fn kept_credentials(tx: &mut TenantTx) -> Result<Vec<KeptCredential>, CredentialsError> {
    Ok(credentials::table
        .filter(credentials::tenant_id.eq(tx.tenant()))
        .order(credentials::provider)
        .select(KeptCredential::as_select())
        .load(tx.conn())
        .await?)
}
