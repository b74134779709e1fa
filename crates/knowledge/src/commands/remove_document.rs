use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::DocumentId;

use super::turns::one_at_a_time;
use crate::KnowledgeError;
use crate::schema::documents;

/// Forgets a document with its passages and versions. One that came from a folder comes back with the next ingest of that folder,
/// unless it is gone from there too.
///
/// # Errors
/// [`KnowledgeError::NotFound`] when there is none; when the database fails.
pub async fn remove_document(tx: &mut TenantTx, id: DocumentId) -> Result<(), KnowledgeError> {
    one_at_a_time(tx).await?;
    let document = documents::table.find((tx.tenant().as_uuid(), id.as_uuid()));
    match diesel::delete(document).execute(tx.conn()).await? {
        0 => Err(KnowledgeError::NotFound),
        _ => Ok(()),
    }
}
