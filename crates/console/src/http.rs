//! The staff pages over HTTP, all under `/console`.

mod account;
mod allowance;
mod audit;
mod authorisation;
mod booking;
mod card;
mod code;
mod conversation;
mod credentials;
mod desk;
mod devices;
mod email;
mod events;
mod hand_over;
mod installation;
mod invoices;
mod join;
mod knowledge;
mod member;
mod model;
mod office;
mod passkeys;
mod password;
mod payment;
mod payment_events;
mod presence;
mod prompt_editor;
mod prompts;
mod refund;
mod refused;
mod rehearsals;
mod revoke;
mod role;
mod roles;
mod second_factor;
mod sessions;
mod setup;
mod sign_in;
mod sign_up;
mod stay;
mod support;
mod team;
mod upsells;
mod voucher;

pub use installation::Installation;
pub use sign_up::configure as configure_sign_up;

use actix_web::http::StatusCode;
use actix_web::http::header::LOCATION;
use actix_web::middleware::from_fn;
use actix_web::{HttpResponse, web};

/// Mounts the staff pages.
///
/// Needs `web::Data<Db>`, `web::Data<EventFeed>`, `web::Data<Keyring>`, `web::Data<dyn Embedder>`, `web::Data<ModelDesk>`, the clock and the session middleware, and for setting up [`Installation`] and who answers
/// guests; with a `web::Data<PaymentDesk>` money can be set aside on cards, and with a `web::Data<RelyingParty>` passkeys are offered.
pub fn configure(config: &mut web::ServiceConfig) {
    let pages = web::scope("/console")
        .wrap(from_fn(refused::explain))
        .service(web::resource("").get(desk::page))
        .service(web::resource("/desk").get(desk::fragment))
        .service(web::resource("/events").get(events::events))
        .service(
            web::resource("/sign-in")
                .get(sign_in::form)
                .post(sign_in::sign_in),
        )
        .service(
            web::resource("/sign-in/code")
                .get(code::form)
                .post(code::show),
        )
        .service(web::resource("/sign-out").post(sign_in::sign_out))
        .configure(accounts)
        .configure(own_account)
        .service(web::resource("/presence").get(presence::beat))
        .configure(setting_up)
        .service(web::resource("/sessions").get(sessions::show))
        .service(web::resource("/sessions/end-others").post(sessions::end_others))
        .service(web::resource("/sessions/{id}/end").post(sessions::end))
        .service(web::resource("/devices/{id}/forget").post(devices::forget))
        .configure(who_may_do_what)
        .service(web::resource("/credentials").get(credentials::show))
        .service(web::resource("/credentials/{provider}").post(credentials::put))
        .service(web::resource("/credentials/{provider}/remove").post(credentials::remove))
        .service(web::resource("/audit").get(audit::show))
        .service(web::resource("/audit/retention").post(audit::keep))
        .configure(what_guests_are_told)
        .configure(what_guests_are_offered)
        .service(web::resource("/rehearsals").get(rehearsals::show))
        .service(web::resource("/rehearsals/share").post(rehearsals::give))
        .configure(what_models_are_told)
        .service(web::resource("/payment-events").get(payment_events::show))
        .service(web::resource("/payment-events/{id}/replay").post(payment_events::replay))
        .service(web::resource("/conversations/{id}").get(conversation::show))
        .service(web::resource("/bookings/{code}").get(booking::show))
        .configure(bookings);
    config.service(pages);
}

/// What is done with a booking.
fn bookings(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/bookings/{code}/stays/{id}/{action}").post(stay::act))
        .service(web::resource("/bookings/{code}/payments").post(payment::take))
        .service(web::resource("/bookings/{code}/allowances").post(allowance::give))
        .service(web::resource("/bookings/{code}/vouchers").post(voucher::redeem))
        .service(web::resource("/bookings/{code}/authorisations").post(authorisation::ask))
        .service(
            web::resource("/bookings/{code}/authorisations/{id}/capture").post(authorisation::take),
        )
        .service(
            web::resource("/bookings/{code}/authorisations/{id}/void").post(authorisation::let_go),
        )
        .service(web::resource("/bookings/{code}/invoices").post(invoices::issue))
        .service(web::resource("/bookings/{code}/invoices/{id}/credit").post(invoices::credit))
        .service(web::resource("/bookings/{code}/payments/{id}/refunds").post(refund::give))
        .service(web::resource("/bookings/{code}/payments/{id}/revoke").post(revoke::revoke))
        .service(web::resource("/bookings/{code}/cards/{id}/remove").post(card::remove));
}

/// Documents, what guests asked in vain, and when a person takes over.
fn what_guests_are_told(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/knowledge").get(knowledge::show))
        .service(
            web::resource("/knowledge/documents")
                .app_data(knowledge::form_bounds())
                .post(knowledge::upload),
        )
        .service(
            web::resource("/hand-over")
                .get(hand_over::show)
                .post(hand_over::set),
        )
        .service(web::resource("/knowledge/notes").post(knowledge::write))
        .service(web::resource("/knowledge/documents/{id}/remove").post(knowledge::remove))
        .service(web::resource("/knowledge/questions/{id}/answer").post(knowledge::answer))
        .service(web::resource("/knowledge/questions/{id}/dismiss").post(knowledge::dismiss));
}

/// What guests are offered on top.
fn what_guests_are_offered(config: &mut web::ServiceConfig) {
    config
        .service(
            web::resource("/upsells")
                .get(upsells::show)
                .post(upsells::create),
        )
        .service(web::resource("/upsells/new").get(upsells::begin))
        .service(web::resource("/upsells/starts/{number}").post(upsells::start))
        .service(
            web::resource("/upsells/{id}")
                .get(upsells::edit)
                .post(upsells::change),
        )
        .service(web::resource("/upsells/{id}/{action}").post(upsells::act));
}

/// Which model answers, and what it is told of itself.
fn what_models_are_told(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/model").get(model::show).post(model::put))
        .service(web::resource("/prompts").get(prompts::show))
        .service(web::resource("/prompts/{kind}/edit").get(prompt_editor::form))
        .service(
            web::resource("/prompts/{kind}/preview")
                .app_data(prompt_editor::form_bounds())
                .post(prompt_editor::look),
        )
        .service(
            web::resource("/prompts/{kind}/versions")
                .app_data(prompt_editor::form_bounds())
                .post(prompt_editor::save),
        )
        .service(web::resource("/prompts/{kind}/versions/{number}").get(prompts::version))
        .service(
            web::resource("/prompts/{kind}/versions/{number}/activate").post(prompts::activate),
        )
        .service(web::resource("/prompts/{kind}/roll-back").post(prompts::roll_back));
}

/// Passwords, invitations and the team.
fn accounts(config: &mut web::ServiceConfig) {
    config
        .service(
            web::resource("/forgot-password")
                .get(password::forgotten)
                .post(password::ask),
        )
        .service(
            web::resource("/new-password")
                .get(password::choose)
                .post(password::reset),
        )
        .service(
            web::resource("/password")
                .get(password::form)
                .post(password::change),
        )
        .service(web::resource("/join").get(join::form).post(join::accept))
        .service(web::resource("/team").get(team::show))
        .service(web::resource("/team/invitations").post(team::invite))
        .service(web::resource("/team/invitations/{id}/{action}").post(team::invitation))
        .service(web::resource("/team/hand-over").post(member::hand_over))
        .service(
            web::resource("/team/support")
                .get(support::show)
                .post(support::open),
        )
        .service(web::resource("/team/support/close").post(support::close))
        .service(
            web::resource("/support")
                .get(support::look)
                .post(support::enter),
        )
        .service(web::resource("/team/members/{id}/export").get(member::export))
        .service(web::resource("/team/members/{id}/erase").post(member::erase))
        .service(web::resource("/team/second-factor").post(team::require))
        .service(web::resource("/team/members/{id}/role").post(team::role))
        .service(web::resource("/team/members/{id}/properties").post(member::limit))
        .service(web::resource("/team/members/{id}/{action}").post(team::access));
}

/// Roles, those of the program and the business's own.
fn who_may_do_what(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/roles").get(roles::show).post(role::make))
        .service(web::resource("/roles/new").get(role::new))
        .service(
            web::resource("/roles/{id}")
                .get(role::show)
                .post(role::change),
        )
        .service(web::resource("/roles/{id}/remove").post(role::remove));
}

/// What everybody does with their own account.
fn own_account(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/account").get(account::show))
        .service(web::resource("/account/name").post(account::rename))
        .service(
            web::resource("/account/email")
                .get(email::form)
                .post(email::ask),
        )
        .service(
            web::resource("/new-email")
                .get(email::look)
                .post(email::take),
        )
        .service(web::resource("/second-factor").get(second_factor::show))
        .service(web::resource("/second-factor/begin").post(second_factor::begin))
        .service(web::resource("/second-factor/confirm").post(second_factor::confirm))
        .service(web::resource("/second-factor/recovery-codes").post(second_factor::renew))
        .service(web::resource("/second-factor/off").post(second_factor::turn_off))
        .service(web::resource("/passkeys").get(passkeys::show))
        .service(web::resource("/passkeys/{id}/rename").post(passkeys::rename))
        .service(web::resource("/passkeys/{id}/remove").post(passkeys::remove));
}

/// Setting a business up.
fn setting_up(config: &mut web::ServiceConfig) {
    config
        .service(web::resource("/setup").get(setup::show))
        .service(
            web::resource("/setup/property")
                .get(setup::place)
                .post(setup::take_place),
        )
        .service(
            web::resource("/setup/rooms")
                .get(setup::rooms)
                .post(setup::take_rooms),
        )
        .service(
            web::resource("/setup/services")
                .get(setup::services)
                .post(setup::take_service),
        )
        .service(
            web::resource("/setup/house-rules")
                .get(setup::house_rules)
                .post(setup::take_house_rules),
        )
        .service(
            web::resource("/setup/channel")
                .get(setup::channel)
                .post(setup::take_channel),
        )
        .service(
            web::resource("/setup/trial")
                .get(setup::trial)
                .post(setup::say),
        )
        .service(web::resource("/setup/{step}/skip").post(setup::skip));
}

/// 422 for a page that tells why something was refused.
fn status_of<T>(refused: Option<&T>) -> StatusCode {
    match refused {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    }
}

fn see_other(to: &str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((LOCATION, to))
        .finish()
}
