use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{PropertyId, SeasonId};

use super::refusal::{refusal, same_version};
use crate::model::SeasonRow;
use crate::schema::seasons;
use crate::{RatesError, Season, SeasonDetails};

/// Makes a season.
///
/// # Errors
/// [`RatesError::CodeTaken`]
pub async fn create_season(
    tx: &mut TenantTx,
    property: PropertyId,
    details: SeasonDetails,
) -> Result<Season, RatesError> {
    let season = Season {
        id: SeasonId::new(),
        property_id: property,
        details,
        version: 1,
    };
    let row = SeasonRow::new(tx.tenant(), &season);
    diesel::insert_into(seasons::table)
        .values(row)
        .execute(tx.conn())
        .await
        .map_err(|error| refusal(error, "season", &season.details.code))?;
    Ok(season)
}

/// Makes a season say something else. With `expected` only if that is still its version.
///
/// # Errors
/// [`RatesError::Unknown`], [`RatesError::Stale`], [`RatesError::CodeTaken`]
pub async fn change_season(
    tx: &mut TenantTx,
    property: PropertyId,
    id: SeasonId,
    details: SeasonDetails,
    expected: Option<i32>,
) -> Result<Season, RatesError> {
    let version = locked(tx, property, id).await?;
    same_version(expected, version)?;
    let season = Season {
        id,
        property_id: property,
        details,
        version: version + 1,
    };
    let row = SeasonRow::new(tx.tenant(), &season);
    diesel::update(seasons::table)
        .filter(seasons::tenant_id.eq(tx.tenant()))
        .filter(seasons::id.eq(id))
        .set((row, seasons::updated_at.eq(diesel::dsl::now)))
        .execute(tx.conn())
        .await
        .map_err(|error| refusal(error, "season", &season.details.code))?;
    Ok(season)
}

/// Removes a season.
///
/// # Errors
/// [`RatesError::Unknown`], [`RatesError::Stale`]
pub async fn remove_season(
    tx: &mut TenantTx,
    property: PropertyId,
    id: SeasonId,
    expected: Option<i32>,
) -> Result<(), RatesError> {
    let version = locked(tx, property, id).await?;
    same_version(expected, version)?;
    diesel::delete(seasons::table)
        .filter(seasons::tenant_id.eq(tx.tenant()))
        .filter(seasons::id.eq(id))
        .execute(tx.conn())
        .await?;
    Ok(())
}

async fn locked(tx: &mut TenantTx, property: PropertyId, id: SeasonId) -> Result<i32, RatesError> {
    let version = seasons::table
        .filter(seasons::tenant_id.eq(tx.tenant()))
        .filter(seasons::property_id.eq(property))
        .filter(seasons::id.eq(id))
        .for_update()
        .select(seasons::version)
        .first(tx.conn())
        .await
        .optional()?;
    version.ok_or(RatesError::Unknown { what: "season" })
}
