use actix_web::http::header::{
    ACCEPT, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, VARY,
};
use actix_web::{HttpRequest, HttpResponse, get, web};
use motel_db::Db;
use motel_tenancy::http::StaffAccess;
use motel_tenancy::may;
use motel_web::{FieldErrors, Input, Problem, ProblemBody, ValidQuery};
use serde::Deserialize;
use utoipa::IntoParams;

use super::invoice_id;
use crate::{InvoiceError, Snapshot, queries, render};

/// The page loads nothing and runs nothing; its style stands in it.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";

motel_db::text_enum! {
    /// What a document is written as.
    pub(crate) enum Format {
        /// For printing and keeping.
        Pdf = "pdf",
        /// For reading on a screen.
        Html = "html",
    }
}

/// In which form a document is wanted, as it comes in.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct RawForm {
    /// `pdf` or `html`; when not said, HTML for who accepts `text/html` and PDF for everybody else.
    #[param(pattern = "^(pdf|html)$")]
    format: Option<String>,
}

/// The same, parsed.
pub(crate) struct FormInput(Option<Format>);

impl Input for FormInput {
    type Raw = RawForm;

    fn parse(raw: RawForm) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let format = raw
            .format
            .and_then(|format| errors.check("format", format.parse()));
        errors.into_result()?;
        Ok(Self(format))
    }
}

/// Shows a document as PDF or as a page: always the same, byte for byte.
#[utoipa::path(
    tag = "invoices",
    operation_id = "show_invoice_document",
    params(("id" = Uuid, Path, description = "Which document"), RawForm),
    responses(
        (status = 200, description = "The document", content(
            (String = "application/pdf"),
            (String = "text/html"),
        )),
        (status = 404, description = "No such document", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
#[get("/invoices/{id}/document")]
pub(crate) async fn show(
    access: StaffAccess<may::ReadInvoices>,
    path: web::Path<String>,
    ValidQuery(FormInput(wanted)): ValidQuery<FormInput>,
    request: HttpRequest,
    db: web::Data<Db>,
) -> Result<HttpResponse, Problem> {
    let id = invoice_id(&path)?;
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let snapshot = queries::invoice(&mut tx, id).await?.snapshot;
    tx.commit().await.map_err(Problem::internal)?;
    match wanted.unwrap_or_else(|| accepted(&request)) {
        Format::Pdf => as_pdf(snapshot).await,
        Format::Html => as_page(&snapshot),
    }
}

async fn as_pdf(snapshot: Snapshot) -> Result<HttpResponse, Problem> {
    let name = format!("inline; filename=\"{}.pdf\"", render::file_stem(&snapshot));
    // Typesetting takes longer than a worker's other requests should wait.
    let bytes = web::block(move || render::pdf(&snapshot)).await;
    let bytes = bytes.map_err(Problem::internal)??;
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "application/pdf"))
        .insert_header((CONTENT_DISPOSITION, name))
        .insert_header((VARY, "Accept"))
        .body(bytes))
}

fn as_page(snapshot: &Snapshot) -> Result<HttpResponse, Problem> {
    let page: Result<String, InvoiceError> = render::html(snapshot);
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "text/html; charset=utf-8"))
        .insert_header((CONTENT_SECURITY_POLICY, POLICY))
        .insert_header((VARY, "Accept"))
        .body(page?))
}

/// A browser that follows a link names `text/html` before all else.
fn accepted(request: &HttpRequest) -> Format {
    let named = request.headers().get(ACCEPT);
    let named = named.and_then(|named| named.to_str().ok()).unwrap_or("");
    let is = |kind: &str| named.to_ascii_lowercase().contains(kind);
    match (is("application/pdf"), is("text/html")) {
        (false, true) => Format::Html,
        _ => Format::Pdf,
    }
}
