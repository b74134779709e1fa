//! The HTTP face: paying, the folio, cancelling, what gateways tell, and the sandbox's page.

mod authorisation_page;
mod cancel;
mod folio;
mod links;
mod problem;
mod returns;
mod sandbox_page;
mod staff;
mod view;
mod webhook;

use actix_web::web;

pub use staff::{
    AuthorisationView, AuthorisationsView, CardView, CardsView, DepositPolicyView, DisputeView,
    FolioHeadView, FoliosView, PaymentEventDetail, PaymentEventView, PaymentView, PaymentsView,
    RefundView, RefundsView, ReportRowView, ReportView, RevocationView, RouteView, StaffApiDoc,
    StaffFolioView, StaffPendingView, StaffPostingView, TotalView, TransferredView,
    configure_staff,
};
pub use view::{CancelledView, FolioView, PaymentLinkView, PendingView, PostingView};

/// What these routes take and answer, for the OpenAPI document.
#[derive(utoipa::OpenApi)]
#[openapi(paths(links::create, folio::show, cancel::cancel, webhook::take))]
pub struct ApiDoc;

/// Mounts what guests call: `POST /payments/links`, `GET /bookings/{code}/folio`, `POST /bookings/{code}/cancel`. Needs
/// `web::Data` of `Db`, `PaymentDesk`, the directory of tenants and the clock.
pub fn configure(config: &mut web::ServiceConfig) {
    config
        .service(links::create)
        .service(folio::show)
        .service(cancel::cancel);
}

/// Mounts, once and at the root, what gateways call and show: `POST /payments/webhooks/{gateway}`, `GET
/// /payments/returns/{link}` where guests come back to, `/payments/authorisations/{link}` where they agree that money is set aside, and the sandbox's `/pay/sandbox/{reference}`, which answers 404 without a `web::Data<Sandbox>` and beside a gateway that moves real money.
pub fn configure_gateways(config: &mut web::ServiceConfig) {
    config
        .service(webhook::take)
        .service(returns::come_back)
        .service(authorisation_page::show)
        .service(authorisation_page::go_on)
        .service(sandbox_page::show)
        .service(sandbox_page::choose);
}
