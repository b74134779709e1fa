use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::DocumentId;

use crate::schema::{documents, versions};
use crate::{Document, KnowledgeError, Version};

/// More than there can be from uploads, answers and a folder together.
const MOST: i64 = 5_000;

/// Every document of the tenant, by source.
///
/// # Errors
/// When the database fails.
pub async fn documents(tx: &mut TenantTx) -> Result<Vec<Document>, KnowledgeError> {
    let found = documents::table
        .filter(documents::tenant_id.eq(tx.tenant().as_uuid()))
        .order(documents::source)
        .limit(MOST)
        .select(Document::as_select())
        .load(tx.conn())
        .await?;
    Ok(found)
}

/// One document.
///
/// # Errors
/// [`KnowledgeError::NotFound`]; when the database fails.
pub async fn document(tx: &mut TenantTx, id: DocumentId) -> Result<Document, KnowledgeError> {
    let found = documents::table
        .find((tx.tenant().as_uuid(), id.as_uuid()))
        .select(Document::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    found.ok_or(KnowledgeError::NotFound)
}

/// What a document said, the latest version first; at most ten are kept.
///
/// # Errors
/// When the database fails.
pub async fn versions(tx: &mut TenantTx, id: DocumentId) -> Result<Vec<Version>, KnowledgeError> {
    let found = versions::table
        .filter(versions::tenant_id.eq(tx.tenant().as_uuid()))
        .filter(versions::document_id.eq(id.as_uuid()))
        .order(versions::version.desc())
        .select(Version::as_select())
        .load(tx.conn())
        .await?;
    Ok(found)
}
