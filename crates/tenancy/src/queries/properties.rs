use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::{PlatformTx, TenantTx};
use motel_kernel::{PropertyId, TenantId};

use crate::model::PropertyRow;
use crate::schema::{properties, tenants};
use crate::{Place, Property, Reach, Slug, TenancyError, Tenant, TenantState};

/// One property of the tenant.
///
/// # Errors
/// The database failed, or holds settings that cannot be read.
pub async fn property(tx: &mut TenantTx, id: PropertyId) -> Result<Option<Property>, TenancyError> {
    let tenant = tx.tenant();
    let row = properties::table
        .find((tenant, id))
        .select(PropertyRow::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    row.map(Property::try_from).transpose()
}

/// The tenant's first property: the one meant where nobody names one.
///
/// # Errors
/// [`TenancyError::NoProperty`] when there is none, e.g. because no such tenant exists.
pub async fn default_property(tx: &mut TenantTx) -> Result<Property, TenancyError> {
    let tenant = tx.tenant();
    let row = properties::table
        .filter(properties::tenant_id.eq(tenant))
        .order(properties::id)
        .select(PropertyRow::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    row.ok_or(TenancyError::NoProperty)?.try_into()
}

/// The property that is meant where nobody names one, among those that somebody works for; `None` where they work for none.
///
/// # Errors
/// As for [`default_property`].
pub async fn property_meant(
    tx: &mut TenantTx,
    reach: &Reach,
) -> Result<Option<Property>, TenancyError> {
    match reach {
        Reach::Everywhere => default_property(tx).await.map(Some),
        Reach::Within(some) => match some.iter().min() {
            Some(first) => property(tx, *first).await,
            None => Ok(None),
        },
    }
}

/// The business's properties by the order they were made in: which, and what guests call them.
///
/// # Errors
/// The database failed.
pub async fn property_names(tx: &mut TenantTx) -> Result<Vec<(PropertyId, String)>, TenancyError> {
    Ok(properties::table
        .filter(properties::tenant_id.eq(tx.tenant()))
        .order(properties::id)
        .select((properties::id, properties::name))
        .load(tx.conn())
        .await?)
}

/// Which tenant has a slug; a deleted one is not there.
pub(crate) async fn tenant_of_slug(
    tx: &mut PlatformTx,
    slug: &Slug,
) -> Result<Option<TenantId>, TenancyError> {
    Ok(tenants::table
        .filter(tenants::slug.eq(slug))
        .filter(tenants::state.ne(TenantState::Deleted))
        .select(tenants::tenant_id)
        .first(tx.conn())
        .await
        .optional()?)
}

/// A tenant with its first property; a deleted one is not there.
pub(crate) async fn first_of_tenant(
    tx: &mut PlatformTx,
    tenant: TenantId,
) -> Result<Option<Place>, TenancyError> {
    let row = properties::table
        .inner_join(tenants::table)
        .filter(tenants::tenant_id.eq(tenant))
        .filter(tenants::state.ne(TenantState::Deleted))
        .order(properties::id)
        .select((Tenant::as_select(), PropertyRow::as_select()))
        .first::<(Tenant, PropertyRow)>(tx.conn())
        .await
        .optional()?;
    row.map(place).transpose()
}

fn place((tenant, property): (Tenant, PropertyRow)) -> Result<Place, TenancyError> {
    Ok((tenant, property.try_into()?))
}
