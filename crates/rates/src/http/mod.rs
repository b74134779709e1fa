//! The HTTP face: what can be sold, and at what price.

mod alternatives_view;
mod availability;
mod cancellation_policies;
mod cancellation_policy_body;
mod fields;
mod input;
mod month;
mod names;
mod package_body;
mod packages;
mod page;
mod params;
mod plan_view;
mod price_body;
mod prices;
mod promo_code_body;
mod promo_codes;
mod rate_plan_body;
mod rate_plans;
mod reason_view;
mod restriction_body;
mod restrictions;
mod rooms;
mod season_body;
mod seasons;
mod staff;
mod view;

use actix_web::web;
use motel_web::Problem;

use crate::RatesError;

pub use alternatives_view::{AlternativeDates, AlternativeRoom, PartialStayView, SplitStayView};
pub use availability::__path_availability;
pub use cancellation_policy_body::{CancellationPolicyBody, CancellationPolicyView};
pub use fields::{DayOfWeek, NightsBody};
pub use month::{CalendarDayView, LowestStayView, MonthCalendar};
pub use package_body::{PackageBody, PackageEffectBody, PackageView};
pub use packages::Packages;
pub use plan_view::{AvailablePlan, FeeView, PackageOfferView, PriceView, StepView, TaxView};
pub use price_body::{EditedNightView, PriceEditBody, PriceEditKind, PriceEditView};
pub use prices::RatePlanPriceView;
pub use promo_code_body::{PromoCodeBody, PromoCodeView, PromoDiscountBody};
pub use rate_plan_body::{DerivationBody, RatePlanBody, RatePlanView};
pub use reason_view::{ReasonView, RefusedPlanView};
pub use restriction_body::{
    EditedRestrictionView, RestrictionEditBody, RestrictionEditEntry, RestrictionEditView,
    RestrictionView,
};
pub use rooms::{RoomCombinationView, RoomCombinations, RoomView};
pub use season_body::{SeasonBody, SeasonEffectBody, SeasonView};
pub use staff::{StaffApiDoc, configure_staff};
pub use view::{Availability, AvailableNight, AvailableRoom, UnavailableRoom};

/// What this route takes and answers, for the OpenAPI document.
#[derive(utoipa::OpenApi)]
#[openapi(paths(
    availability::availability,
    month::calendar,
    packages::on_offer,
    rooms::several_rooms
))]
pub struct ApiDoc;

/// Mounts `GET /availability`, `/availability/rooms`, `/calendar` and `/packages`. Needs `web::Data<Db>`, the directory of
/// tenants and the clock.
pub fn configure(config: &mut web::ServiceConfig) {
    config
        .service(availability::availability)
        .service(rooms::several_rooms)
        .service(month::calendar)
        .service(packages::on_offer);
}

impl From<RatesError> for Problem {
    fn from(error: RatesError) -> Self {
        let field = match &error {
            RatesError::InPast { .. } => "check_in",
            RatesError::TooLong { .. } => "check_out",
            RatesError::UnknownUnitGroup { .. } => "room_type",
            RatesError::UnknownRatePlan { .. } => "rate_plan",
            RatesError::Promo(_) => "promo",
            RatesError::Unknown { what } => return Self::not_found(what),
            RatesError::Derivation(_)
            | RatesError::DerivedPrices { .. }
            | RatesError::CodeTaken { .. }
            | RatesError::InUse { .. } => return conflict(&error),
            RatesError::Stale { .. } => return Self::version_mismatch(),
            RatesError::Money(_)
            | RatesError::Taxes(_)
            | RatesError::Inventory(_)
            | RatesError::Sql(_) => return Self::internal(error),
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
