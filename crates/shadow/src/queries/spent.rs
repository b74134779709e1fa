use chrono::{DateTime, Utc};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use diesel_async::RunQueryDsl;
use motel_conversations::ModelUse;
use motel_db::TenantTx;

use crate::ShadowError;
use crate::schema::spendings;

/// What models used since a moment for answers that no guest heard.
///
/// # Errors
/// A database fault.
pub async fn spent_since(tx: &mut TenantTx, since: DateTime<Utc>) -> Result<ModelUse, ShadowError> {
    let (tokens, cost_micros): (i64, i64) = spendings::table
        .filter(spendings::tenant_id.eq(tx.tenant()))
        .filter(spendings::spent_at.ge(since))
        .select((
            sql::<BigInt>("coalesce(sum(tokens), 0)::bigint"),
            sql::<BigInt>("coalesce(sum(cost_micros), 0)::bigint"),
        ))
        .first(tx.conn())
        .await?;
    Ok(ModelUse {
        tokens,
        cost_micros,
    })
}
