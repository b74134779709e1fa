use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::{PlatformTx, TenantTx};
use motel_kernel::{StaffId, TenantId};

use crate::schema::credentials;
use crate::{KeptPasskey, PasskeyError, ShownPasskey};

/// The passkeys of a member, the oldest first.
///
/// # Errors
/// The database failed.
pub async fn passkeys_of(
    tx: &mut TenantTx,
    member: StaffId,
) -> Result<Vec<KeptPasskey>, PasskeyError> {
    Ok(credentials::table
        .filter(credentials::tenant_id.eq(tx.tenant()))
        .filter(credentials::staff_id.eq(member))
        .order((credentials::created_at, credentials::id))
        .select(KeptPasskey::as_select())
        .load(tx.conn())
        .await?)
}

/// What their authenticators call them.
pub(crate) async fn credential_ids_of(
    tx: &mut TenantTx,
    member: StaffId,
) -> Result<Vec<Vec<u8>>, PasskeyError> {
    Ok(credentials::table
        .filter(credentials::tenant_id.eq(tx.tenant()))
        .filter(credentials::staff_id.eq(member))
        .order(credentials::id)
        .select(credentials::credential_id)
        .load(tx.conn())
        .await?)
}

/// Whose passkey a stranger shows, if it is anybody's.
pub(crate) async fn whose(
    tx: &mut PlatformTx,
    shown: &ShownPasskey,
) -> Result<Option<(TenantId, StaffId)>, PasskeyError> {
    Ok(credentials::table
        .filter(credentials::credential_id.eq(shown.credential_id()))
        .select((credentials::tenant_id, credentials::staff_id))
        .first(tx.conn())
        .await
        .optional()?)
}
