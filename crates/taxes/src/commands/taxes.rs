use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{PropertyId, TaxId};
use motel_tenancy::Property;

use crate::model::TaxRow;
use crate::schema::taxes;
use crate::{Levies, Tax, TaxDetails, TaxesError};

/// Adds a tax to a property.
///
/// # Errors
/// [`TaxesError::Unfit`] when it does not fit together with those there are.
pub async fn create_tax(
    tx: &mut TenantTx,
    property: &Property,
    details: TaxDetails,
) -> Result<Tax, TaxesError> {
    let standing = lock_all(tx, property.id).await?;
    let new = Tax {
        id: TaxId::new(),
        property_id: property.id,
        version: 1,
        details,
    };
    check(property, standing.iter().chain([&new]))?;
    diesel::insert_into(taxes::table)
        .values(TaxRow::new(tx.tenant(), &new)?)
        .execute(tx.conn())
        .await?;
    Ok(new)
}

/// Describes a tax anew. With a `version` only if it is the current one.
///
/// # Errors
/// [`TaxesError::NotFound`], [`TaxesError::Stale`], [`TaxesError::Unfit`].
pub async fn replace_tax(
    tx: &mut TenantTx,
    property: &Property,
    id: TaxId,
    details: TaxDetails,
    version: Option<i32>,
) -> Result<Tax, TaxesError> {
    let mut standing = lock_all(tx, property.id).await?;
    let found = standing.iter_mut().find(|tax| tax.id == id);
    let found = found.ok_or(TaxesError::NotFound { what: "tax" })?;
    TaxesError::check_version(version, found.version)?;
    found.details = details;
    found.version += 1;
    let changed = found.clone();
    check(property, standing.iter())?;
    diesel::update(taxes::table)
        .filter(taxes::tenant_id.eq(tx.tenant()))
        .filter(taxes::id.eq(id))
        .set(TaxRow::new(tx.tenant(), &changed)?)
        .execute(tx.conn())
        .await?;
    Ok(changed)
}

/// Takes a tax away. With a `version` only if it is the current one.
///
/// # Errors
/// [`TaxesError::NotFound`], [`TaxesError::Stale`], and [`TaxesError::Unfit`] when another one needs it.
pub async fn delete_tax(
    tx: &mut TenantTx,
    property: &Property,
    id: TaxId,
    version: Option<i32>,
) -> Result<(), TaxesError> {
    let standing = lock_all(tx, property.id).await?;
    let found = standing.iter().find(|tax| tax.id == id);
    let found = found.ok_or(TaxesError::NotFound { what: "tax" })?;
    TaxesError::check_version(version, found.version)?;
    check(property, standing.iter().filter(|tax| tax.id != id))?;
    diesel::delete(taxes::table)
        .filter(taxes::tenant_id.eq(tx.tenant()))
        .filter(taxes::id.eq(id))
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Every tax of the property, locked: two changes at once could each fit and not fit together.
async fn lock_all(tx: &mut TenantTx, property: PropertyId) -> Result<Vec<Tax>, TaxesError> {
    let rows: Vec<TaxRow> = taxes::table
        .filter(taxes::tenant_id.eq(tx.tenant()))
        .filter(taxes::property_id.eq(property))
        .order(taxes::id)
        .for_update()
        .select(TaxRow::as_select())
        .load(tx.conn())
        .await?;
    Ok(rows
        .into_iter()
        .map(Tax::try_from)
        .collect::<Result<_, _>>()?)
}

fn check<'a>(property: &Property, all: impl Iterator<Item = &'a Tax>) -> Result<(), TaxesError> {
    let details = all.map(|tax| tax.details.clone()).collect();
    Levies::new(property.currency, details, Vec::new())?;
    Ok(())
}
