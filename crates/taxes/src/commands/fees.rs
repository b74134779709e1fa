use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{FeeId, PropertyId};
use motel_tenancy::Property;

use crate::model::FeeRow;
use crate::schema::fees;
use crate::{Fee, FeeDetails, Levies, TaxesError};

/// Adds a fee to a property.
///
/// # Errors
/// [`TaxesError::Unfit`] when it does not fit together with those there are.
pub async fn create_fee(
    tx: &mut TenantTx,
    property: &Property,
    details: FeeDetails,
) -> Result<Fee, TaxesError> {
    let standing = lock_all(tx, property.id).await?;
    let new = Fee {
        id: FeeId::new(),
        property_id: property.id,
        version: 1,
        details,
    };
    check(property, standing.iter().chain([&new]))?;
    diesel::insert_into(fees::table)
        .values(FeeRow::new(tx.tenant(), &new)?)
        .execute(tx.conn())
        .await?;
    Ok(new)
}

/// Describes a fee anew. With a `version` only if it is the current one.
///
/// # Errors
/// [`TaxesError::NotFound`], [`TaxesError::Stale`], [`TaxesError::Unfit`].
pub async fn replace_fee(
    tx: &mut TenantTx,
    property: &Property,
    id: FeeId,
    details: FeeDetails,
    version: Option<i32>,
) -> Result<Fee, TaxesError> {
    let mut standing = lock_all(tx, property.id).await?;
    let found = standing.iter_mut().find(|fee| fee.id == id);
    let found = found.ok_or(TaxesError::NotFound { what: "fee" })?;
    TaxesError::check_version(version, found.version)?;
    found.details = details;
    found.version += 1;
    let changed = found.clone();
    check(property, standing.iter())?;
    diesel::update(fees::table)
        .filter(fees::tenant_id.eq(tx.tenant()))
        .filter(fees::id.eq(id))
        .set(FeeRow::new(tx.tenant(), &changed)?)
        .execute(tx.conn())
        .await?;
    Ok(changed)
}

/// Takes a fee away. With a `version` only if it is the current one.
///
/// # Errors
/// [`TaxesError::NotFound`], [`TaxesError::Stale`], and [`TaxesError::Unfit`] when another one needs it.
pub async fn delete_fee(
    tx: &mut TenantTx,
    property: &Property,
    id: FeeId,
    version: Option<i32>,
) -> Result<(), TaxesError> {
    let standing = lock_all(tx, property.id).await?;
    let found = standing.iter().find(|fee| fee.id == id);
    let found = found.ok_or(TaxesError::NotFound { what: "fee" })?;
    TaxesError::check_version(version, found.version)?;
    check(property, standing.iter().filter(|fee| fee.id != id))?;
    diesel::delete(fees::table)
        .filter(fees::tenant_id.eq(tx.tenant()))
        .filter(fees::id.eq(id))
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Every fee of the property, locked: two changes at once could each fit and not fit together.
async fn lock_all(tx: &mut TenantTx, property: PropertyId) -> Result<Vec<Fee>, TaxesError> {
    let rows: Vec<FeeRow> = fees::table
        .filter(fees::tenant_id.eq(tx.tenant()))
        .filter(fees::property_id.eq(property))
        .order(fees::id)
        .for_update()
        .select(FeeRow::as_select())
        .load(tx.conn())
        .await?;
    Ok(rows
        .into_iter()
        .map(Fee::try_from)
        .collect::<Result<_, _>>()?)
}

fn check<'a>(property: &Property, all: impl Iterator<Item = &'a Fee>) -> Result<(), TaxesError> {
    let details = all.map(|fee| fee.details.clone()).collect();
    Levies::new(property.currency, Vec::new(), details)?;
    Ok(())
}
