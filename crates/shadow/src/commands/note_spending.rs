use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_conversations::ModelUse;
use motel_db::TenantTx;
use uuid::Uuid;

use crate::ShadowError;
use crate::schema::spendings;

/// Notes what a model used for an answer that no guest heard, so that it counts in the day's budget.
///
/// # Errors
/// A database fault.
pub async fn note_spending(
    tx: &mut TenantTx,
    used: ModelUse,
    now: DateTime<Utc>,
) -> Result<(), ShadowError> {
    if used.tokens <= 0 {
        return Ok(());
    }
    diesel::insert_into(spendings::table)
        .values((
            spendings::tenant_id.eq(tx.tenant()),
            spendings::id.eq(Uuid::now_v7()),
            spendings::tokens.eq(used.tokens),
            spendings::cost_micros.eq(used.cost_micros.max(0)),
            spendings::spent_at.eq(now),
        ))
        .execute(tx.conn())
        .await?;
    Ok(())
}
