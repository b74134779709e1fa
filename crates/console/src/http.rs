//! The staff pages over HTTP, all under `/console`.

mod allowance;
mod booking;
mod conversation;
mod desk;
mod events;
mod invoices;
mod office;
mod payment;
mod payment_events;
mod refund;
mod revoke;
mod sign_in;
mod stay;
mod voucher;

use actix_web::web;

/// Mounts the staff pages.
///
/// Needs `web::Data<Db>`, `web::Data<EventFeed>`, the clock and the session middleware.
pub fn configure(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/console").get(desk::page))
        .service(web::resource("/console/desk").get(desk::fragment))
        .service(web::resource("/console/events").get(events::events))
        .service(
            web::resource("/console/sign-in")
                .get(sign_in::form)
                .post(sign_in::sign_in),
        )
        .service(web::resource("/console/sign-out").post(sign_in::sign_out))
        .service(web::resource("/console/bookings/{code}").get(booking::show))
        .service(web::resource("/console/bookings/{code}/stays/{id}/{action}").post(stay::act))
        .service(web::resource("/console/bookings/{code}/payments").post(payment::take))
        .service(web::resource("/console/bookings/{code}/allowances").post(allowance::give))
        .service(web::resource("/console/bookings/{code}/vouchers").post(voucher::redeem))
        .service(web::resource("/console/bookings/{code}/invoices").post(invoices::issue))
        .service(
            web::resource("/console/bookings/{code}/invoices/{id}/credit").post(invoices::credit),
        )
        .service(web::resource("/console/bookings/{code}/payments/{id}/refunds").post(refund::give))
        .service(
            web::resource("/console/bookings/{code}/payments/{id}/revoke").post(revoke::revoke),
        )
        .service(web::resource("/console/payment-events").get(payment_events::show))
        .service(web::resource("/console/payment-events/{id}/replay").post(payment_events::replay))
        .service(web::resource("/console/conversations/{id}").get(conversation::show));
}
