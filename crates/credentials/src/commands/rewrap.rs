use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_seal::{Keyring, Sealed};

use crate::schema::credentials;
use crate::{CredentialsError, Provider};

/// Puts what is kept for a provider under the master key that seals now; answers whether it was under another. The row is
/// held meanwhile, so somebody who sets a new one waits, and theirs is not overwritten. Who set it, and when, stays.
///
/// # Errors
/// Its master key is not on the ring, it was changed past this program, or the database failed.
pub async fn rewrap_credential(
    tx: &mut TenantTx,
    keyring: &Keyring,
    provider: Provider,
) -> Result<bool, CredentialsError> {
    let tenant = tx.tenant();
    let kept: Option<Vec<u8>> = credentials::table
        .find((tenant, provider))
        .select(credentials::sealed)
        .for_no_key_update()
        .first(tx.conn())
        .await
        .optional()?;
    let Some(kept) = kept else {
        return Ok(false);
    };
    let sealed = Sealed::from_bytes(&kept)?;
    let Some(wrapped) = keyring.rewrap(&provider.context(tenant), &sealed)? else {
        return Ok(false);
    };
    diesel::update(credentials::table.find((tenant, provider)))
        .set(credentials::sealed.eq(wrapped.as_bytes()))
        .execute(tx.conn())
        .await?;
    Ok(true)
}
