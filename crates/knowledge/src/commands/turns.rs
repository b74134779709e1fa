use diesel::QueryableByName;
use diesel::sql_types::{Bool, Text};
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;

use crate::KnowledgeError;

#[derive(QueryableByName)]
struct Turn {
    #[diesel(sql_type = Bool)]
    is_ours: bool,
}

/// Takes the turn if nobody has it: who sends documents over the network does not wait with a connection in hand while others send theirs.
///
/// # Errors
/// [`KnowledgeError::Busy`] when somebody else of the tenant is writing.
pub(super) async fn take_turn(tx: &mut TenantTx) -> Result<(), KnowledgeError> {
    let tenant = tx.tenant().to_string();
    let turn: Turn = diesel::sql_query(TAKE_TURN)
        .bind::<Text, _>(tenant)
        .get_result(tx.conn())
        .await?;
    match turn.is_ours {
        true => Ok(()),
        false => Err(KnowledgeError::Busy),
    }
}

const TAKE_TURN: &str =
    "SELECT pg_try_advisory_xact_lock(hashtext('knowledge.ingest'), hashtext($1)) AS is_ours";

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
