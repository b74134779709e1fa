use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;

use crate::schema::activations;
use crate::{Activation, PromptKind, PromptsError};

/// At most `limit` activations, the last first, those before `before` only.
///
/// # Errors
/// The database failed.
pub async fn activations(
    tx: &mut TenantTx,
    kind: PromptKind,
    before: Option<i32>,
    limit: i64,
) -> Result<Vec<Activation>, PromptsError> {
    let mut wanted = activations::table
        .filter(activations::tenant_id.eq(tx.tenant()))
        .filter(activations::kind.eq(kind))
        .order(activations::seq.desc())
        .select(Activation::as_select())
        .limit(limit)
        .into_boxed();
    if let Some(before) = before {
        wanted = wanted.filter(activations::seq.lt(before));
    }
    Ok(wanted.load(tx.conn()).await?)
}

/// One of them; nothing where there is none, as before the first.
pub(crate) async fn activation(
    tx: &mut TenantTx,
    kind: PromptKind,
    seq: i32,
) -> Result<Option<Activation>, PromptsError> {
    let found = activations::table
        .find((tx.tenant(), kind, seq))
        .select(Activation::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    Ok(found)
}
