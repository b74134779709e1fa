use chrono::{DateTime, Utc};
use diesel::dsl::sum;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::ConversationId;

use crate::ConversationError;
use crate::model::{ModelUse, TurnRecord};
use crate::schema::turn_records;

/// As many as a transcript shows turns.
const MOST: i64 = 2_000;

/// How the answers of a conversation came about, in order. Turns of guests have no record, and answers from before there were any.
///
/// # Errors
/// A database fault.
pub async fn records(
    tx: &mut TenantTx,
    id: ConversationId,
) -> Result<Vec<TurnRecord>, ConversationError> {
    let records = turn_records::table
        .filter(turn_records::tenant_id.eq(tx.tenant()))
        .filter(turn_records::conversation_id.eq(id))
        .order(turn_records::seq)
        .limit(MOST)
        .select(TurnRecord::as_select())
        .load(tx.conn())
        .await?;
    Ok(records)
}

/// How one answer came about; nothing where nobody recorded it.
///
/// # Errors
/// A database fault.
pub async fn record(
    tx: &mut TenantTx,
    id: ConversationId,
    seq: i32,
) -> Result<Option<TurnRecord>, ConversationError> {
    let record = turn_records::table
        .find((tx.tenant(), id, seq))
        .select(TurnRecord::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    Ok(record)
}

/// What models used for the tenant's answers since a moment.
///
/// # Errors
/// A database fault.
pub async fn model_use_since(
    tx: &mut TenantTx,
    since: DateTime<Utc>,
) -> Result<ModelUse, ConversationError> {
    let of_tenant = turn_records::table
        .filter(turn_records::tenant_id.eq(tx.tenant()))
        .filter(turn_records::recorded_at.ge(since))
        .filter(turn_records::tokens_read.gt(0));
    let (read, written, cost): (Option<i64>, Option<i64>, Option<i64>) = of_tenant
        .select((
            sum(turn_records::tokens_read),
            sum(turn_records::tokens_written),
            diesel::dsl::sql::<diesel::sql_types::Nullable<diesel::sql_types::BigInt>>(
                "sum(cost_micros)::bigint",
            ),
        ))
        .first(tx.conn())
        .await?;
    Ok(ModelUse {
        tokens: read.unwrap_or(0).saturating_add(written.unwrap_or(0)),
        cost_micros: cost.unwrap_or(0),
    })
}
