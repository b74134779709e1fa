use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::upsert::excluded;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::Actor;
use motel_seal::Keyring;

use crate::schema::credentials;
use crate::{Credential, CredentialsError, KeptCredential};

/// Keeps a credential, sealed, in the place of the one before.
///
/// # Errors
/// It cannot be sealed, or the database failed.
pub async fn put_credential(
    tx: &mut TenantTx,
    keyring: &Keyring,
    credential: &Credential,
    by: Actor,
    now: DateTime<Utc>,
) -> Result<KeptCredential, CredentialsError> {
    let (tenant, provider) = (tx.tenant(), credential.provider());
    let sealed = keyring.seal(&provider.context(tenant), &credential.to_bytes()?)?;
    Ok(diesel::insert_into(credentials::table)
        .values((
            credentials::tenant_id.eq(tenant),
            credentials::provider.eq(provider),
            credentials::sealed.eq(sealed.as_bytes()),
            credentials::last_four.eq(credential.last_four()),
            credentials::set_by.eq(by),
            credentials::set_at.eq(now),
        ))
        .on_conflict((credentials::tenant_id, credentials::provider))
        .do_update()
        .set((
            credentials::sealed.eq(excluded(credentials::sealed)),
            credentials::last_four.eq(excluded(credentials::last_four)),
            credentials::set_by.eq(excluded(credentials::set_by)),
            credentials::set_at.eq(excluded(credentials::set_at)),
        ))
        .returning(KeptCredential::as_returning())
        .get_result(tx.conn())
        .await?)
}
