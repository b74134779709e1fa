//! The HTTP faces of a call. Each only translates between its caller and the desk.

mod problem;
mod signed_form;
mod simulate;
mod twilio;
mod twilio_settings;
mod twiml_answer;

use actix_web::web;

pub use simulate::{CallView, RawTurn, TurnView};
pub use twilio_settings::TwilioSettings;

/// What these routes take and answer, for the OpenAPI document.
#[derive(utoipa::OpenApi)]
#[openapi(paths(
    twilio::inbound,
    twilio::turn,
    twilio::status,
    simulate::start,
    simulate::turn,
    simulate::hang_up
))]
pub struct ApiDoc;

/// Mounts `/voice/twilio/…` and `/voice/simulate/…`. Needs `web::Data` of [`crate::CallDesk`] and [`TwilioSettings`],
/// and the directory of tenants.
pub fn configure(config: &mut web::ServiceConfig) {
    config
        .service(twilio::inbound)
        .service(twilio::turn)
        .service(twilio::status)
        .service(simulate::start)
        .service(simulate::turn)
        .service(simulate::hang_up);
}
