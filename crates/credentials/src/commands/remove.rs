use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;

use crate::schema::credentials;
use crate::{CredentialsError, Provider};

/// Forgets what is kept for a provider. Whatever the installation has of its own is used again.
///
/// # Errors
/// [`CredentialsError::NotSet`] when there is none; the database failed.
pub async fn remove_credential(
    tx: &mut TenantTx,
    provider: Provider,
) -> Result<(), CredentialsError> {
    let removed = diesel::delete(credentials::table.find((tx.tenant(), provider)))
        .execute(tx.conn())
        .await?;
    match removed {
        0 => Err(CredentialsError::NotSet),
        _ => Ok(()),
    }
}
