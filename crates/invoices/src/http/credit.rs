use actix_web::{HttpResponse, post, web};
use motel_db::{Db, TenantTx};
use motel_tenancy::http::{Answer, CurrentClock, StaffWrite, WriteParams};
use motel_tenancy::may;
use motel_web::{FieldErrors, Input, Problem, ProblemBody, ValidJson};
use serde::Deserialize;
use utoipa::ToSchema;

use super::invoice_id;
use super::view::InvoiceView;
use crate::commands::{self, CreditRequest};

/// The most lines that are named one by one.
const MOST_LINES: usize = 1_000;

/// What is taken back, as it comes in.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = NewCreditNote)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawCredit {
    /// Why: the receiver reads it.
    #[schema(min_length = 1, max_length = 500)]
    reason: String,
    /// The positions of lines of the invoice; all that were not credited before, when not said.
    #[schema(min_items = 1, max_items = 1000)]
    lines: Option<Vec<i32>>,
}

/// The same, parsed.
pub(crate) struct CreditInput(CreditRequest);

impl Input for CreditInput {
    type Raw = RawCredit;

    fn parse(raw: RawCredit) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let reason = errors.text("reason", &raw.reason, 1..=500);
        if let Some(lines) = &raw.lines
            && !(1..=MOST_LINES).contains(&lines.len())
        {
            errors.push("lines", format_args!("name 1 to {MOST_LINES} lines"));
        }
        errors.into_result()?;
        let lines = raw.lines;
        reason
            .map(|reason| Self(CreditRequest { lines, reason }))
            .ok_or_else(|| FieldErrors::of("reason", "is missing"))
    }
}

/// Issues a credit note: an invoice, or lines of it, taken back, each line once. What they were about may be invoiced anew.
#[utoipa::path(
    tag = "invoices",
    operation_id = "credit_invoice",
    params(("id" = Uuid, Path, description = "Which invoice"), WriteParams),
    request_body = RawCredit,
    responses(
        (status = 201, description = "The credit note", body = InvoiceView),
        (status = 409, description = "`not_creditable` or `already_credited`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
#[post("/invoices/{id}/actions/credit")]
pub(crate) async fn credit(
    write: StaffWrite<may::CreditInvoices>,
    path: web::Path<String>,
    db: web::Data<Db>,
    clock: CurrentClock,
    ValidJson(CreditInput(request)): ValidJson<CreditInput>,
) -> Result<HttpResponse, Problem> {
    let id = invoice_id(&path)?;
    let now = write.property.now(&*clock);
    let asked = (&request.reason, &request.lines);
    let crediting = async |tx: &mut TenantTx| {
        let note = commands::credit(tx, id, &request, write.actor, now).await?;
        let at = format!("/api/v1/invoices/{}", note.id);
        Ok(Answer::created(InvoiceView::of(tx, note).await?).location(at))
    };
    write.run(&db, &asked, crediting).await
}
