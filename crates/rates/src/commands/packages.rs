use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{PackageId, PropertyId};

use super::refusal::{refusal, same_version};
use crate::model::PackageRow;
use crate::schema::packages;
use crate::{Package, PackageDetails, RatesError};

/// Makes a package.
///
/// # Errors
/// [`RatesError::CodeTaken`]
pub async fn create_package(
    tx: &mut TenantTx,
    property: PropertyId,
    details: PackageDetails,
) -> Result<Package, RatesError> {
    let package = Package {
        id: PackageId::new(),
        property_id: property,
        details,
        version: 1,
    };
    diesel::insert_into(packages::table)
        .values(PackageRow::new(tx.tenant(), &package)?)
        .execute(tx.conn())
        .await
        .map_err(|error| refusal(error, "package", &package.details.code))?;
    Ok(package)
}

/// Makes a package say something else. With `expected` only if that is still its version.
///
/// # Errors
/// [`RatesError::Unknown`], [`RatesError::Stale`], [`RatesError::CodeTaken`]
pub async fn change_package(
    tx: &mut TenantTx,
    property: PropertyId,
    id: PackageId,
    details: PackageDetails,
    expected: Option<i32>,
) -> Result<Package, RatesError> {
    let version = locked(tx, property, id).await?;
    same_version(expected, version)?;
    let package = Package {
        id,
        property_id: property,
        details,
        version: version + 1,
    };
    diesel::update(packages::table)
        .filter(packages::tenant_id.eq(tx.tenant()))
        .filter(packages::id.eq(id))
        .set(PackageRow::new(tx.tenant(), &package)?)
        .execute(tx.conn())
        .await
        .map_err(|error| refusal(error, "package", &package.details.code))?;
    Ok(package)
}

/// Removes a package.
///
/// # Errors
/// [`RatesError::Unknown`], [`RatesError::Stale`]
pub async fn remove_package(
    tx: &mut TenantTx,
    property: PropertyId,
    id: PackageId,
    expected: Option<i32>,
) -> Result<(), RatesError> {
    let version = locked(tx, property, id).await?;
    same_version(expected, version)?;
    diesel::delete(packages::table)
        .filter(packages::tenant_id.eq(tx.tenant()))
        .filter(packages::id.eq(id))
        .execute(tx.conn())
        .await?;
    Ok(())
}

async fn locked(tx: &mut TenantTx, property: PropertyId, id: PackageId) -> Result<i32, RatesError> {
    let version = packages::table
        .filter(packages::tenant_id.eq(tx.tenant()))
        .filter(packages::property_id.eq(property))
        .filter(packages::id.eq(id))
        .for_update()
        .select(packages::version)
        .first(tx.conn())
        .await
        .optional()?;
    version.ok_or(RatesError::Unknown { what: "package" })
}
