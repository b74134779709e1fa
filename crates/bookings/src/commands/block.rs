use chrono::{DateTime, Utc};
use motel_db::TenantTx;
use motel_inventory::commands::LockedNights;
use motel_inventory::packing::Closed;
use motel_inventory::{Block, BlockDetails, BlockKind, InventoryError};
use motel_tenancy::Property;

use super::occasion::Occasion;
use super::placement;
use crate::{BookingError, By};

/// Takes a unit out of order, moving stays to come out of it, or out of service, which moves nobody.
///
/// # Errors
/// [`NoRoom::InTheWay`](super::NoRoom::InTheWay) names the stays that cannot give way; [`BookingError::SoldOut`] when all units of the group
/// are sold on one of the nights; [`BookingError::NotOffered`] for nights that are over, an unknown unit, or one that is
/// out of order already.
pub async fn block_unit(
    tx: &mut TenantTx,
    property: &Property,
    details: &BlockDetails,
    by: &By,
    now: DateTime<Utc>,
) -> Result<Block, BookingError> {
    let occasion = Occasion::of(tx, property, by, now).await?;
    let unit = motel_inventory::queries::unit(tx, details.unit).await?;
    let unit = unit.filter(|unit| unit.property_id == property.id);
    let unit = unit.ok_or_else(|| refused("unit_id", &InventoryError::UnknownUnit))?;
    if details.dates.arrival() < occasion.today {
        return Err(BookingError::NotOffered {
            field: "first_night",
            code: "in_past",
            reason: format!("the business date is {}", occasion.today),
        });
    }
    motel_inventory::commands::lock_calendar(tx, property.id).await?;
    let group = unit.unit_group_id;
    let closed = Closed {
        unit: unit.id,
        dates: details.dates,
    };
    let mut nights = match details.kind {
        BlockKind::OutOfOrder => placement::vacate(tx, &occasion, group, closed).await?,
        BlockKind::OutOfService => {
            LockedNights::lock(tx, group, closed.dates.arrival(), closed.dates.departure()).await?
        }
    };
    motel_inventory::commands::insert_block(tx, property.id, details, &mut nights, by.actor, now)
        .await
        .map_err(|error| match error {
            InventoryError::AlreadyBlocked => refused("first_night", &error),
            other => other.into(),
        })
}

fn refused(field: &'static str, error: &InventoryError) -> BookingError {
    BookingError::NotOffered {
        field,
        code: error.code(),
        reason: error.to_string(),
    }
}
