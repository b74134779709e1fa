//! The application: what every request can reach, and every route.

mod assistants;
mod decline;
mod entitled;
mod health;

mod keepers;
mod mailbox;
mod member_keepers;
mod metering;
mod parts;
mod programs;
mod security_txt;
mod signing;
mod switched;

use std::sync::Arc;

use actix_web::middleware::{Condition, from_fn};
use actix_web::web;

pub use health::HealthDoc;
pub(crate) use parts::reach;
pub use parts::{Mailing, Parts};
pub use security_txt::SecurityContact;
pub(crate) use signing::sign_changes;

use crate::openapi;

/// Where the public interface of each business begins: pages of other sites may call there, if the installation lists them.
const FOR_GUESTS: &str = "/api/v1/public/";

/// Gives an application its parts and mounts every domain.
///
/// The public guest interface answers twice: for each business under `/api/v1/public/{tenant}`, and for the default
/// business at the root, which is where earlier callers look for it. Staff, and programs with a key, call `/api/v1`.
pub fn configure(config: &mut web::ServiceConfig, parts: &Parts) {
    parts.install(config);
    if parts.is_on_its_own() {
        config.configure(mailbox::configure);
    }
    let sign_up = parts.is_open_to_new();
    if sign_up {
        config.configure(motel_console::http::configure_sign_up);
    }
    config
        .app_data(web::Data::new(keepers::keepers()))
        .app_data(web::Data::new(member_keepers::member_keepers()))
        .app_data(web::Data::from(
            Arc::new(motel_billing::Folios) as Arc<dyn motel_bookings::GuestLedger>
        ))
        .service(health::health)
        .configure(security_txt::configure)
        .configure(openapi::configure)
        .configure(motel_billing::http::configure_gateways)
        .configure(|config| assistants::configure(config, parts))
        // Before the staff's scope, which would take its paths for its own.
        .service(
            web::scope("/api/v1/public/{tenant}")
                .wrap(Condition::new(
                    !parts.origins.is_empty(),
                    parts.origins.cors(),
                ))
                .configure(guest_interface),
        )
        .service(
            web::scope("/api/v1")
                .wrap(from_fn(programs::limit_programs))
                .wrap(from_fn(motel_tenancy::http::know_caller))
                .configure(|config| staff_interface(config, sign_up)),
        )
        .configure(guest_interface)
        .configure(motel_console::http::configure)
        .configure(motel_site::http::configure)
        // The last one: it answers 404 for every other path.
        .configure(motel_web::configure);
}

/// What guests, and programs on their behalf, call.
fn guest_interface(config: &mut web::ServiceConfig) {
    config
        .configure(motel_rates::http::configure)
        .configure(motel_billing::http::configure)
        .configure(motel_vouchers::http::configure)
        .configure(motel_bookings::http::configure)
        .configure(motel_appointments::http::configure)
        .configure(motel_leads::http::configure)
        .configure(motel_knowledge::http::configure)
        .configure(motel_concierge::http::configure)
        .configure(motel_voice::http::configure);
}

/// What staff, and programs with one of the business's keys, call.
fn staff_interface(config: &mut web::ServiceConfig, sign_up: bool) {
    if sign_up {
        config.configure(motel_onboarding::http::configure_staff);
    }
    config
        .configure(motel_tenancy::http::configure_staff)
        .configure(motel_mcp::http::configure_staff)
        .configure(motel_passkeys::http::configure_staff)
        .configure(motel_credentials::http::configure_staff)
        .configure(motel_prompts::http::configure_staff)
        .configure(motel_audit::http::configure_staff)
        .configure(motel_knowledge::http::configure_staff)
        .configure(motel_taxes::http::configure_staff)
        .configure(motel_inventory::http::configure_staff)
        .configure(motel_rates::http::configure_staff)
        .configure(motel_upsells::http::configure_staff)
        .configure(motel_flows::http::configure_staff)
        .configure(motel_billing::http::configure_staff)
        .configure(motel_invoices::http::configure_staff)
        .configure(motel_vouchers::http::configure_staff)
        .configure(motel_night_audit::http::configure_staff)
        .configure(motel_plans::http::configure_staff)
        .configure(motel_housekeeping::http::configure_staff)
        .configure(motel_bookings::http::configure_staff)
        .configure(motel_guests::http::configure_staff)
        .configure(motel_appointments::http::configure_staff)
        .configure(motel_concierge::http::configure_staff);
}
