//! The HTTP face: what can be sold, and at what price.

mod availability;
mod input;
mod view;

use actix_web::web;
use motel_web::Problem;

use crate::RatesError;

pub use availability::__path_availability;
pub use view::{
    AlternativeDates, AlternativeRoom, Availability, AvailableNight, AvailableRoom, UnavailableRoom,
};

/// What this route takes and answers, for the OpenAPI document.
#[derive(utoipa::OpenApi)]
#[openapi(paths(availability::availability))]
pub struct ApiDoc;

/// Mounts `GET /availability`. Needs `web::Data<Db>`, the directory of tenants and the clock.
pub fn configure(config: &mut web::ServiceConfig) {
    config.service(availability::availability);
}

impl From<RatesError> for Problem {
    fn from(error: RatesError) -> Self {
        let field = match &error {
            RatesError::InPast { .. } => "check_in",
            RatesError::TooLong { .. } => "check_out",
            RatesError::UnknownUnitGroup { .. } => "room_type",
            RatesError::Derivation(_) => "derivation",
            RatesError::Promo(_) => "promo",
            RatesError::Unknown { what } => return Self::not_found(what),
            RatesError::DerivedPrices { .. }
            | RatesError::CodeTaken { .. }
            | RatesError::InUse { .. } => return conflict(&error),
            RatesError::Stale { .. } => return Self::version_mismatch(),
            RatesError::Money(_) | RatesError::Inventory(_) | RatesError::Sql(_) => {
                return Self::internal(error);
            }
        };
        let detail = sentence(&error.to_string());
        let mut problem = Self::invalid(field, error);
        problem.detail = detail;
        problem
    }
}

fn conflict(error: &RatesError) -> Problem {
    let detail = sentence(&error.to_string());
    Problem::conflict(error.code(), detail)
}

/// A clause as a sentence of its own.
fn sentence(clause: &str) -> String {
    let mut letters = clause.chars();
    let first = letters.next().map(char::to_uppercase);
    let first: String = first.into_iter().flatten().collect();
    format!("{first}{}.", letters.as_str())
}
