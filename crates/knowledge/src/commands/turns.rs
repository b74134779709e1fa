use diesel::sql_types::Text;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;

use crate::KnowledgeError;

/// Writers of one business's documents take turns, until they commit: two at the same time would see each other's half-done work
/// as missing documents, and count words past each other.
pub(super) async fn one_at_a_time(tx: &mut TenantTx) -> Result<(), KnowledgeError> {
    let tenant = tx.tenant().to_string();
    diesel::sql_query("SELECT pg_advisory_xact_lock(hashtext('knowledge.ingest'), hashtext($1))")
        .bind::<Text, _>(tenant)
        .execute(tx.conn())
        .await?;
    Ok(())
}
