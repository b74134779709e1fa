use diesel::sql_types::{Array, Text, Uuid};
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;

use crate::TenancyError;

const FORGET: &str = "UPDATE tenancy.answers SET body = NULL
WHERE tenant_id = $1 AND EXISTS (
    SELECT FROM unnest($2) AS told (word) WHERE strpos(body, to_json(word)::text) > 0)";

/// Empties every answer kept under an `Idempotency-Key` that has one of these words as the whole of a field: the ids and
/// addresses of a guest who is erased. The key stays used, so that nothing is done twice.
///
/// # Errors
/// The database failed.
pub async fn forget_answers(tx: &mut TenantTx, words: &[String]) -> Result<usize, TenancyError> {
    let forgotten = diesel::sql_query(FORGET)
        .bind::<Uuid, _>(tx.tenant())
        .bind::<Array<Text>, _>(words)
        .execute(tx.conn())
        .await?;
    Ok(forgotten)
}
