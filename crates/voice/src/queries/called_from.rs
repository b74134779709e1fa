use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{ConversationId, Phone};

use crate::VoiceError;
use crate::schema::calls;

/// The conversations of all calls from these numbers.
///
/// # Errors
/// The database failed.
pub async fn called_from(
    tx: &mut TenantTx,
    phones: &[Phone],
) -> Result<Vec<ConversationId>, VoiceError> {
    let numbers = phones.iter().map(Phone::as_str);
    let found = calls::table
        .filter(calls::tenant_id.eq(tx.tenant()))
        .filter(calls::from_number.eq_any(numbers))
        .order(calls::id)
        .select(calls::conversation_id)
        .load(tx.conn())
        .await?;
    Ok(found)
}
