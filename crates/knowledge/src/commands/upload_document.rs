use chrono::NaiveDate;
use motel_db::TenantTx;
use motel_llm::Embedder;

use super::put_document;
use crate::{Contents, KnowledgeError, NewDocument, Origin, Put, UploadName};

/// Takes in a file that somebody of the team sent, in the place of the one that was sent under this name.
///
/// # Errors
/// Those of [`put_document`].
pub async fn upload_document(
    tx: &mut TenantTx,
    embedder: &dyn Embedder,
    name: &UploadName,
    valid_until: Option<NaiveDate>,
    bytes: &[u8],
) -> Result<Put, KnowledgeError> {
    let new = NewDocument {
        source: &format!("uploads/{name}"),
        origin: Origin::Upload,
        valid_until,
        contents: Contents::File {
            format: name.format(),
            name: name.stem(),
            bytes,
        },
    };
    put_document(tx, embedder, &new).await
}
