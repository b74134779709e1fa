use diesel::dsl::now;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{CallId, TenantId};

use crate::events::CallEnded;
use crate::model::{Call, CallStatus};
use crate::schema::calls;
use crate::{CallDesk, VoiceError, queries};

/// The caller is gone. A call in which we had not said goodbye is incomplete; one that is over already stays as it is.
///
/// # Errors
/// [`VoiceError::NoSuchCall`].
pub async fn hang_up(desk: &CallDesk, tenant: TenantId, id: CallId) -> Result<Call, VoiceError> {
    let mut tx = desk.db.tenant(tenant).await?;
    end_call(&mut tx, id, CallStatus::Incomplete).await?;
    let call = queries::find(&mut tx, id).await?;
    tx.commit().await?;
    Ok(call)
}

/// Ends a call in progress as `status`, closes its conversation and tells whoever listens. Once only.
///
/// # Errors
/// A database fault.
pub async fn end_call(tx: &mut TenantTx, id: CallId, status: CallStatus) -> Result<(), VoiceError> {
    let in_progress = calls::table
        .find((tx.tenant(), id))
        .filter(calls::status.eq(CallStatus::InProgress));
    let ended = diesel::update(in_progress)
        .set((calls::status.eq(status), calls::ended_at.eq(now)))
        .returning(Call::as_returning())
        .get_result(tx.conn())
        .await
        .optional()?;
    if let Some(call) = ended {
        motel_conversations::commands::close(tx, call.conversation_id).await?;
        motel_jobs::publish(tx, &CallEnded::from(&call)).await?;
    }
    Ok(())
}
