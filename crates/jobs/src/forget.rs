use diesel::sql_types::{Text, Uuid};
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;

use crate::JobsError;

/// Both are compared as JSON, quotes and all, so that no longer text is torn apart that has this one within it.
const REWORD: &str = "UPDATE jobs.events
SET payload = replace(payload::text, to_json($2)::text, to_json($3)::text)::jsonb
WHERE tenant_id = $1 AND strpos(payload::text, to_json($2)::text) > 0";

/// Puts one text in the place of another wherever that is the whole of a field of what happened: the address of a guest who
/// is erased. Answers in how many events.
///
/// # Errors
/// The database failed.
pub async fn reword(tx: &mut TenantTx, was: &str, becomes: &str) -> Result<usize, JobsError> {
    let reworded = diesel::sql_query(REWORD)
        .bind::<Uuid, _>(tx.tenant())
        .bind::<Text, _>(was)
        .bind::<Text, _>(becomes)
        .execute(tx.conn())
        .await?;
    Ok(reworded)
}
