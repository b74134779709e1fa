//! The HTTP face, for staff: issuing, crediting, listing, reading and sending documents.

mod addressee;
mod credit;
mod document;
mod issue;
mod list;
mod problem;
mod send;
mod view;

use actix_web::web;
use motel_kernel::InvoiceId;
use motel_web::Problem;

pub use view::{
    AddresseeView, InvoiceHeadView, InvoiceLineView, InvoicePaymentView, InvoiceTaxView,
    InvoiceView,
};

/// What these routes take and answer, for the OpenAPI document; they stand under `/api/v1`.
#[derive(utoipa::OpenApi)]
#[openapi(paths(
    issue::issue,
    credit::credit,
    list::list,
    list::show,
    document::show,
    send::send
))]
pub struct StaffApiDoc;

/// Mounts the routes under `/invoices`, and `/folios/{id}/actions/invoice`, in a scope for staff. Needs `web::Data<Db>`, the
/// directory, the clock and the session middleware.
pub fn configure_staff(config: &mut web::ServiceConfig) {
    config
        .service(issue::issue)
        .service(credit::credit)
        .service(list::list)
        .service(list::show)
        .service(document::show)
        .service(send::send);
}

/// The id in a path; what is none leads nowhere.
fn invoice_id(path: &str) -> Result<InvoiceId, Problem> {
    path.parse().map_err(|_| Problem::not_found("invoice"))
}
