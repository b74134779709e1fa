use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::CallId;

use crate::VoiceError;
use crate::model::{Call, Provider, ProviderCallId};
use crate::schema::calls;

/// One call of the tenant.
///
/// # Errors
/// [`VoiceError::NoSuchCall`].
pub async fn find(tx: &mut TenantTx, id: CallId) -> Result<Call, VoiceError> {
    let call = calls::table
        .find((tx.tenant(), id))
        .select(Call::as_select())
        .first(tx.conn())
        .await;
    call.optional()?.ok_or(VoiceError::NoSuchCall)
}

/// The call a carrier knows by this name.
///
/// # Errors
/// [`VoiceError::NoSuchCall`].
pub async fn find_by_provider_id(
    tx: &mut TenantTx,
    provider: Provider,
    id: &ProviderCallId,
) -> Result<Call, VoiceError> {
    calls::table
        .filter(calls::tenant_id.eq(tx.tenant()))
        .filter(calls::provider.eq(provider))
        .filter(calls::provider_call_id.eq(id.as_str()))
        .select(Call::as_select())
        .first(tx.conn())
        .await
        .optional()?
        .ok_or(VoiceError::NoSuchCall)
}

/// One call, locked until the transaction ends.
pub(crate) async fn find_locked(tx: &mut TenantTx, id: CallId) -> Result<Call, VoiceError> {
    calls::table
        .find((tx.tenant(), id))
        .select(Call::as_select())
        .for_update()
        .first(tx.conn())
        .await
        .optional()?
        .ok_or(VoiceError::NoSuchCall)
}
