use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{PackageId, PropertyId};

use crate::model::PackageRow;
use crate::schema::packages;
use crate::{Package, RatesError};

/// The packages of a property, the oldest first, those that are over among them.
pub async fn packages(tx: &TenantTx, property: PropertyId) -> Result<Vec<Package>, RatesError> {
    let rows: Vec<PackageRow> = packages::table
        .filter(packages::tenant_id.eq(tx.tenant()))
        .filter(packages::property_id.eq(property))
        .order(packages::id)
        .select(PackageRow::as_select())
        .load(&mut tx.reading())
        .await?;
    let found = rows.into_iter().map(Package::try_from);
    Ok(found.collect::<Result<_, _>>()?)
}

/// Those of them that can be booked on a date for nights that are not over: all that guests may be told of.
pub async fn valid_packages(
    tx: &mut TenantTx,
    property: PropertyId,
    today: NaiveDate,
) -> Result<Vec<Package>, RatesError> {
    let mut packages = packages(tx, property).await?;
    packages.retain(|package| package.is_valid(today));
    Ok(packages)
}

/// A package of a property.
pub async fn package(
    tx: &mut TenantTx,
    property: PropertyId,
    id: PackageId,
) -> Result<Option<Package>, RatesError> {
    let row: Option<PackageRow> = packages::table
        .filter(packages::tenant_id.eq(tx.tenant()))
        .filter(packages::property_id.eq(property))
        .filter(packages::id.eq(id))
        .select(PackageRow::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    Ok(row.map(Package::try_from).transpose()?)
}
