//! The guest pages over HTTP. The same pages stand at the root for the default tenant and under `/t/{tenant}`.

mod account;
mod book;
mod booking;
mod cancel;
mod card;
mod contact;
mod home;
mod lookup;
mod pay;
mod phone;
mod proof;
mod redirect;
mod visit;
mod voucher;

use actix_web::web;

/// Mounts the guest pages.
///
/// Needs `web::Data<Db>`, `web::Data<PaymentDesk>`, the directory of tenants, the clock and the session middleware.
pub fn configure(config: &mut web::ServiceConfig) {
    config
        .route("/", web::get().to(home::home))
        .service(
            web::scope("/t/{tenant}")
                .route("", web::get().to(home::home))
                .configure(pages),
        )
        .configure(pages);
}

fn pages(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/book").get(book::form).post(book::book))
        .service(web::resource("/booking/{code}").get(booking::show))
        .service(web::resource("/booking/{code}/pay").post(pay::pay))
        .service(web::resource("/booking/{code}/card/remove").post(card::remove))
        .service(web::resource("/booking/{code}/voucher").post(voucher::redeem))
        .service(
            web::resource("/booking/{code}/cancel")
                .get(cancel::ask)
                .post(cancel::cancel),
        )
        .service(
            web::resource("/my-booking")
                .get(lookup::form)
                .post(lookup::find),
        )
        .service(web::resource("/contact").post(contact::send))
        .service(web::resource("/phone").get(phone::show));
}
