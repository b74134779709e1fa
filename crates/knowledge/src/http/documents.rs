use actix_web::{HttpResponse, delete, get, web};
use motel_db::{Db, TenantTx};
use motel_kernel::DocumentId;
use motel_tenancy::http::{Answer, StaffAccess, StaffWrite, WriteParams};
use motel_tenancy::may;
use motel_web::Problem;

use super::view::{DocumentView, DocumentWithVersionsView, DocumentsView, VersionView};
use crate::{KnowledgeError, commands, queries};

/// Lists the documents that guests are answered from, and those that are over.
#[utoipa::path(
    tag = "knowledge",
    operation_id = "list_documents",
    responses((status = 200, description = "All of them, by source", body = DocumentsView))
)]
#[get("/knowledge/documents")]
pub(crate) async fn list(
    access: StaffAccess<may::ReadKnowledge>,
    db: web::Data<Db>,
) -> Result<web::Json<DocumentsView>, Problem> {
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let documents = queries::documents(&mut tx).await?;
    Ok(web::Json(DocumentsView {
        documents: documents.into_iter().map(DocumentView::from).collect(),
    }))
}

/// Shows a document and what it said, up to ten versions.
#[utoipa::path(
    tag = "knowledge",
    operation_id = "show_document",
    params(("id" = Uuid, Path, description = "Which document")),
    responses((status = 200, description = "The document", body = DocumentWithVersionsView))
)]
#[get("/knowledge/documents/{id}")]
pub(crate) async fn show(
    access: StaffAccess<may::ReadKnowledge>,
    path: web::Path<String>,
    db: web::Data<Db>,
) -> Result<web::Json<DocumentWithVersionsView>, Problem> {
    let id = id(&path)?;
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let document = queries::document(&mut tx, id).await?;
    let versions = queries::versions(&mut tx, id).await?;
    Ok(web::Json(DocumentWithVersionsView {
        document: document.into(),
        versions: versions.into_iter().map(VersionView::from).collect(),
    }))
}

/// Removes a document, with all it said. One from a folder comes back when that folder is ingested again.
#[utoipa::path(
    tag = "knowledge",
    operation_id = "remove_document",
    params(("id" = Uuid, Path, description = "Which document"), WriteParams),
    responses((status = 204, description = "It is gone"))
)]
#[delete("/knowledge/documents/{id}")]
pub(crate) async fn remove(
    write: StaffWrite<may::WriteKnowledge>,
    path: web::Path<String>,
    db: web::Data<Db>,
) -> Result<HttpResponse, Problem> {
    let id = id(&path)?;
    let removing = async |tx: &mut TenantTx| {
        commands::remove_document(tx, id).await?;
        Ok(Answer::no_content())
    };
    write.run(&db, &(), removing).await
}

fn id(path: &str) -> Result<DocumentId, Problem> {
    path.parse().map_err(|_| KnowledgeError::NotFound.into())
}
