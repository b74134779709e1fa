use actix_web::{HttpResponse, web};
use motel_invoices::commands::{self, CreditRequest};
use motel_invoices::{InvoiceError, queries};
use motel_kernel::{Actor, BookingCode, InvoiceId};
use motel_tenancy::http::StaffPage;
use motel_tenancy::may;
use motel_web::{Problem, ValidForm};
use serde::Deserialize;

use super::booking::{BookingPath, back_to};
use super::office::Key;
use crate::input::{CreditForm, InvoiceForm};

/// The booking's code and the document's id, out of the path.
#[derive(Debug, Deserialize)]
pub(super) struct InvoicePath {
    code: String,
    id: String,
}

/// Issues an invoice of what is posted, or a receipt of what was paid.
pub(super) async fn issue(
    staff: StaffPage<may::WriteInvoices>,
    key: Key,
    path: web::Path<BookingPath>,
    ValidForm(InvoiceForm(request)): ValidForm<InvoiceForm>,
) -> Result<HttpResponse, Problem> {
    let code = path.code()?;
    let mut office = key.open(&staff).await?;
    let tx = &mut office.tx;
    let booking = motel_bookings::queries::find_by_code(tx, &code).await?;
    let folio = motel_billing::commands::keep_folio(tx, &booking).await?;
    let actor = Actor::Staff(staff.staff_id);
    match commands::issue(tx, folio.id, &request, actor, office.now).await {
        Ok(_) => {}
        Err(InvoiceError::NothingToInvoice) => return Ok(back_to(&code, "nothing_to_invoice")),
        Err(error) => return Err(error.into()),
    }
    office.tx.commit().await.map_err(Problem::internal)?;
    Ok(back_to(&code, "issued"))
}

/// Takes back what is left of an invoice by a credit note.
pub(super) async fn credit(
    staff: StaffPage<may::CreditInvoices>,
    key: Key,
    path: web::Path<InvoicePath>,
    ValidForm(CreditForm(reason)): ValidForm<CreditForm>,
) -> Result<HttpResponse, Problem> {
    let code = BookingCode::parse(&path.code).map_err(|_| Problem::not_found("booking"))?;
    let id: InvoiceId = path.id.parse().map_err(|_| Problem::not_found("invoice"))?;
    let mut office = key.open(&staff).await?;
    let tx = &mut office.tx;
    if queries::invoice(tx, id).await?.snapshot.booking_code != code.to_string() {
        return Err(Problem::not_found("invoice"));
    }
    let request = CreditRequest {
        lines: None,
        reason,
    };
    let actor = Actor::Staff(staff.staff_id);
    match commands::credit(tx, id, &request, actor, office.now).await {
        Ok(_) => {}
        Err(InvoiceError::AlreadyCredited | InvoiceError::NotCreditable) => {
            return Ok(back_to(&code, "already_credited"));
        }
        Err(error) => return Err(error.into()),
    }
    office.tx.commit().await.map_err(Problem::internal)?;
    Ok(back_to(&code, "credited"))
}
