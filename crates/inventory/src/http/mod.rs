//! What staff, and programs with one of the business's keys, ask and change of the inventory. Blocking a unit moves
//! stays, so its route stands with the bookings.

mod blocks;
mod counters;
mod input;
mod unit_groups;
mod units;

use actix_web::http::StatusCode;
use actix_web::web;
use motel_web::Problem;

use crate::InventoryError;

pub use blocks::{BlockView, RemainingNights};
pub use counters::CounterView;
pub use input::Nights;
pub use unit_groups::{UnitGroupBody, UnitGroupView};
pub use units::{ChangedUnitBody, ConditionBody, ConditionSchema, UnitBody, UnitView};

/// What these routes take and answer, for the OpenAPI document; they stand under `/api/v1`.
#[derive(utoipa::OpenApi)]
#[openapi(paths(
    unit_groups::list,
    unit_groups::show,
    unit_groups::create,
    unit_groups::replace,
    unit_groups::archive,
    unit_groups::restore,
    units::list,
    units::show,
    units::create,
    units::replace,
    units::set_condition,
    units::restore,
    blocks::list,
    blocks::show,
    blocks::shorten,
    blocks::cancel,
    counters::list,
))]
pub struct StaffApiDoc;

/// Mounts the staff's routes, all below `/api/v1`.
pub fn configure_staff(config: &mut web::ServiceConfig) {
    config
        .service(unit_groups::list)
        .service(unit_groups::show)
        .service(unit_groups::create)
        .service(unit_groups::replace)
        .service(unit_groups::archive)
        .service(unit_groups::restore)
        .service(units::list)
        .service(units::show)
        .service(units::create)
        .service(units::replace)
        .service(units::set_condition)
        .service(units::restore)
        .service(blocks::list)
        .service(blocks::show)
        .service(blocks::shorten)
        .service(blocks::cancel)
        .service(counters::list);
}

impl From<InventoryError> for Problem {
    fn from(error: InventoryError) -> Self {
        let (code, detail) = (error.code(), format!("{error}."));
        match error {
            InventoryError::UnknownUnit => Self::not_found("unit"),
            InventoryError::UnknownUnitGroup => Self::not_found("unit group"),
            InventoryError::UnknownBlock => Self::not_found("block"),
            InventoryError::Stale => Self::version_mismatch(),
            InventoryError::InvalidRange | InventoryError::NotWithin => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, code, detail).with_error("until", error)
            }
            InventoryError::SoldOut { .. }
            | InventoryError::NotOpen { .. }
            | InventoryError::NotTaken { .. }
            | InventoryError::UnitOfOtherGroup { .. }
            | InventoryError::NameTaken
            | InventoryError::UnitsLeft { .. }
            | InventoryError::AlreadyBlocked => Self::conflict(code, detail),
            InventoryError::Sql(_) | InventoryError::BrokenDates(_) => Self::internal(error),
        }
    }
}
