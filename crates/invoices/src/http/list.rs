use actix_web::{get, web};
use motel_db::Db;
use motel_kernel::FolioId;
use motel_tenancy::http::StaffAccess;
use motel_tenancy::may;
use motel_web::{
    CursorPage, CursorParams, CursorQuery, FieldErrors, Input, Problem, ProblemBody, ValidQuery,
};
use serde::Deserialize;
use utoipa::IntoParams;

use super::invoice_id;
use super::view::{InvoiceHeadView, InvoiceView};
use crate::queries::{self, InvoiceFilter};

/// Which documents are wanted, as it comes in.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct RawFilter {
    /// About which folio; all when not said.
    #[param(value_type = Option<Uuid>)]
    folio_id: Option<String>,
}

/// The same, parsed.
pub(crate) struct FilterInput(InvoiceFilter);

impl Input for FilterInput {
    type Raw = RawFilter;

    fn parse(raw: RawFilter) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let folio: Option<FolioId> = raw
            .folio_id
            .and_then(|id| errors.check("folio_id", id.parse()));
        errors.into_result()?;
        Ok(Self(InvoiceFilter { folio }))
    }
}

/// Lists invoices, receipts and credit notes, the latest first.
#[utoipa::path(
    tag = "invoices",
    operation_id = "list_invoices",
    params(RawFilter, CursorParams),
    responses((status = 200, description = "A page of documents", body = CursorPage<InvoiceHeadView>))
)]
#[get("/invoices")]
pub(crate) async fn list(
    access: StaffAccess<may::ReadInvoices>,
    page: CursorQuery,
    ValidQuery(FilterInput(filter)): ValidQuery<FilterInput>,
    db: web::Data<Db>,
) -> Result<web::Json<CursorPage<InvoiceHeadView>>, Problem> {
    let before = page.after()?;
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let place = access.property.id;
    let found = queries::invoices(&mut tx, place, filter, before, page.fetch()).await?;
    tx.commit().await.map_err(Problem::internal)?;
    let page = CursorPage::cut(found, &page, |invoice| invoice.id)?;
    Ok(web::Json(page.map(InvoiceHeadView::from)))
}

/// Shows a document.
#[utoipa::path(
    tag = "invoices",
    operation_id = "show_invoice",
    params(("id" = Uuid, Path, description = "Which document")),
    responses(
        (status = 200, description = "The document", body = InvoiceView),
        (status = 404, description = "No such document", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
#[get("/invoices/{id}")]
pub(crate) async fn show(
    access: StaffAccess<may::ReadInvoices>,
    path: web::Path<String>,
    db: web::Data<Db>,
) -> Result<web::Json<InvoiceView>, Problem> {
    let id = invoice_id(&path)?;
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let invoice = queries::invoice(&mut tx, id).await?;
    let view = InvoiceView::of(&mut tx, invoice).await?;
    tx.commit().await.map_err(Problem::internal)?;
    Ok(web::Json(view))
}
