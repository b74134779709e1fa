use diesel::prelude::*;
use diesel::sql_types::{Jsonb, Nullable};
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{CallId, ConversationId};

use crate::VoiceError;
use crate::schema::{answers, calls};

/// Overwrites who made the calls of these conversations, and what they were told. That they called stays.
///
/// # Errors
/// The database failed.
pub async fn forget(tx: &mut TenantTx, conversations: &[ConversationId]) -> Result<(), VoiceError> {
    let theirs: Vec<CallId> = diesel::update(calls::table.filter(calls::tenant_id.eq(tx.tenant())))
        .filter(calls::conversation_id.eq_any(conversations))
        .set(calls::from_number.eq(None::<String>))
        .returning(calls::id)
        .get_results(tx.conn())
        .await?;
    // An answer has to stay one, for a carrier that asks again.
    let silent = diesel::dsl::sql::<Nullable<Jsonb>>(
        "jsonb_build_object('text', '', 'then', answer -> 'then')",
    );
    diesel::update(answers::table.filter(answers::tenant_id.eq(tx.tenant())))
        .filter(answers::call_id.eq_any(theirs))
        .filter(answers::answer.is_not_null())
        .set(answers::answer.eq(silent))
        .execute(tx.conn())
        .await?;
    Ok(())
}
