//! What staff see and do: folios, postings, routing, payments and refunds, and the reports of the ledger.

mod authorisation_input;
mod authorisations;
mod cards;
mod deposit_policy;
mod folios;
mod input;
mod payment_events;
mod payments;
mod postings;
mod refunds;
mod reports;
mod revoke;
mod routing;
mod sheet;
mod view;

use actix_web::web;

pub use authorisations::{AuthorisationView, AuthorisationsView};
pub use cards::{CardView, CardsView};
pub use deposit_policy::DepositPolicyView;
pub use folios::TransferredView;
pub use payment_events::{PaymentEventDetail, PaymentEventView};
pub use payments::{DisputeView, PaymentView, PaymentsView, RevocationView};
pub use refunds::{RefundView, RefundsView};
pub use reports::{ReportRowView, ReportView, TotalView};
pub use routing::{FoliosView, RouteView};
pub use view::{FolioHeadView, StaffFolioView, StaffPendingView, StaffPostingView};

/// What these routes take and answer, for the OpenAPI document; they stand under `/api/v1`.
#[derive(utoipa::OpenApi)]
#[openapi(paths(
    folios::of_booking,
    folios::list,
    folios::open,
    folios::show,
    folios::transfer,
    folios::close,
    folios::reopen,
    postings::post,
    postings::reverse,
    routing::put,
    payments::list,
    payment_events::list,
    payment_events::show,
    payment_events::replay,
    revoke::revoke,
    authorisations::ask,
    authorisations::list,
    authorisations::capture,
    authorisations::void,
    cards::charge,
    cards::list,
    cards::remove,
    deposit_policy::show,
    deposit_policy::put,
    refunds::request,
    refunds::request_due,
    refunds::show,
    reports::show
))]
pub struct StaffApiDoc;

/// Mounts the routes under `/bookings/{id}/folio…`, `/folios`, `/postings`, `/payments`, `/payment-events`, `/authorisations`, `/cards`, `/deposit-policy`, `/refunds` and `/reports`, in a scope for staff. Needs
/// `web::Data<Db>`, the directory, the clock and the session middleware.
pub fn configure_staff(config: &mut web::ServiceConfig) {
    config
        .service(folios::of_booking)
        .service(folios::list)
        .service(folios::open)
        .service(folios::show)
        .service(folios::transfer)
        .service(folios::close)
        .service(folios::reopen)
        .service(postings::post)
        .service(postings::reverse)
        .service(routing::put)
        .service(payments::list)
        .service(payment_events::list)
        .service(payment_events::show)
        .service(payment_events::replay)
        .service(revoke::revoke)
        .service(authorisations::ask)
        .service(authorisations::list)
        .service(authorisations::capture)
        .service(authorisations::void)
        .service(cards::charge)
        .service(cards::list)
        .service(cards::remove)
        .service(deposit_policy::show)
        .service(deposit_policy::put)
        .service(refunds::request)
        .service(refunds::request_due)
        .service(refunds::show)
        .service(reports::show);
}
