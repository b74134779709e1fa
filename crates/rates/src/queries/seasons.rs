use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{PropertyId, SeasonId};

use crate::model::SeasonRow;
use crate::schema::seasons;
use crate::{RatesError, Season};

/// The seasons of a property by code.
pub async fn seasons(tx: &TenantTx, property: PropertyId) -> Result<Vec<Season>, RatesError> {
    let rows: Vec<SeasonRow> = seasons::table
        .filter(seasons::tenant_id.eq(tx.tenant()))
        .filter(seasons::property_id.eq(property))
        .order(seasons::code)
        .select(SeasonRow::as_select())
        .load(&mut tx.reading())
        .await?;
    let seasons = rows.into_iter().map(Season::try_from);
    Ok(seasons.collect::<Result<_, _>>()?)
}

/// A season of a property.
pub async fn season(
    tx: &mut TenantTx,
    property: PropertyId,
    id: SeasonId,
) -> Result<Option<Season>, RatesError> {
    let found: Option<SeasonRow> = seasons::table
        .filter(seasons::tenant_id.eq(tx.tenant()))
        .filter(seasons::property_id.eq(property))
        .filter(seasons::id.eq(id))
        .select(SeasonRow::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    Ok(found.map(Season::try_from).transpose()?)
}
