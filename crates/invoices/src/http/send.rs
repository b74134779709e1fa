use actix_web::{HttpResponse, post, web};
use motel_db::{Db, TenantTx};
use motel_kernel::Email;
use motel_tenancy::http::{Answer, StaffWrite, WriteParams};
use motel_tenancy::may;
use motel_web::{FieldErrors, Input, Problem, ProblemBody, ValidJson};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::invoice_id;
use super::view::InvoiceView;
use crate::commands;

/// To whom a document goes, as it comes in.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = InvoiceReceiver)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawReceiver {
    /// Their e-mail address.
    #[schema(format = "email", max_length = 254)]
    email: String,
}

/// The same, parsed.
#[derive(Serialize)]
pub(crate) struct Receiver {
    email: Email,
}

impl Input for Receiver {
    type Raw = RawReceiver;

    fn parse(raw: RawReceiver) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let email = errors.check("email", Email::parse(&raw.email));
        email.map(|email| Self { email }).ok_or(errors)
    }
}

/// Mails a document, with the PDF attached: soon after the answer, and once.
#[utoipa::path(
    tag = "invoices",
    operation_id = "send_invoice",
    params(("id" = Uuid, Path, description = "Which document"), WriteParams),
    request_body = RawReceiver,
    responses(
        (status = 200, description = "The document, on its way", body = InvoiceView),
        (status = 404, description = "No such document", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
#[post("/invoices/{id}/actions/send")]
pub(crate) async fn send(
    write: StaffWrite<may::WriteInvoices>,
    path: web::Path<String>,
    db: web::Data<Db>,
    ValidJson(receiver): ValidJson<Receiver>,
) -> Result<HttpResponse, Problem> {
    let id = invoice_id(&path)?;
    let sending = async |tx: &mut TenantTx| {
        let invoice = commands::send(tx, id, receiver.email.clone()).await?;
        Ok(Answer::ok(InvoiceView::of(tx, invoice).await?))
    };
    write.run(&db, &receiver, sending).await
}
