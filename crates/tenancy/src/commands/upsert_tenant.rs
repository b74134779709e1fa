use chrono::TimeDelta;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::PlatformTx;
use motel_kernel::{PropertyId, TenantId};

use crate::model::PropertyRow;
use crate::schema::{properties, tenants};
use crate::{Property, TenancyError, Tenant, TenantSettings, TenantState, commands};

/// What became of a tenant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upserted {
    /// The tenant as it stands now.
    pub tenant: Tenant,
    /// Its property as it stands now.
    pub property: Property,
    /// Whether anything was written.
    pub outcome: Outcome,
}

/// What an idempotent command did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// It was so already; nothing was written.
    Unchanged,
    /// Something differed and was written.
    Updated,
    /// It was not there before.
    Created,
}

/// Makes a tenant and its property be as the settings say. The tenant is recognised by its slug, the property by its
/// code; the same settings twice change nothing the second time.
///
/// # Errors
/// [`TenancyError::TenantDeleted`] when a business that is deleted or gone for good has the slug; the database failed, or refused a value as
/// too long.
pub async fn upsert_tenant_from_settings(
    tx: &mut PlatformTx,
    settings: &TenantSettings,
) -> Result<Upserted, TenancyError> {
    let (tenant, of_tenant) = upsert_tenant(tx, settings).await?;
    let (property, of_property) = upsert_property(tx, tenant.id, settings).await?;
    Ok(Upserted {
        tenant,
        property,
        outcome: of_tenant.max(of_property),
    })
}

async fn upsert_tenant(
    tx: &mut PlatformTx,
    settings: &TenantSettings,
) -> Result<(Tenant, Outcome), TenancyError> {
    let TenantSettings {
        slug,
        name,
        kind,
        sandbox,
        ..
    } = settings;
    let founded = commands::create_tenant(tx, slug, name, *kind).await?;
    if let Some(tenant) = founded.as_ref().filter(|tenant| tenant.sandbox == *sandbox) {
        return Ok((tenant.clone(), Outcome::Created));
    }
    // Locked, so that two seeds at once come one after the other.
    let known: Option<Tenant> = tenants::table
        .filter(tenants::slug.eq(slug))
        .select(Tenant::as_select())
        .for_update()
        .first(tx.conn())
        .await
        .optional()?;
    // Its name is not given away, and nobody works on what is about to go.
    let known = known
        .filter(|it| it.standing.state != TenantState::Deleted)
        .ok_or(TenancyError::TenantDeleted)?;
    if known.name == *name && known.kind == *kind && known.sandbox == *sandbox {
        return Ok((known, Outcome::Unchanged));
    }
    let changed = diesel::update(tenants::table.find(known.id))
        .set((
            tenants::name.eq(name),
            tenants::kind.eq(kind),
            tenants::sandbox.eq(sandbox),
        ))
        .returning(Tenant::as_returning())
        .get_result(tx.conn())
        .await?;
    let outcome = match founded {
        Some(_) => Outcome::Created,
        None => Outcome::Updated,
    };
    Ok((changed, outcome))
}

async fn upsert_property(
    tx: &mut PlatformTx,
    tenant: TenantId,
    settings: &TenantSettings,
) -> Result<(Property, Outcome), TenancyError> {
    let row = properties::table
        .filter(properties::tenant_id.eq(tenant))
        .filter(properties::code.eq(&settings.property.code))
        .select(PropertyRow::as_select())
        .for_update()
        .first(tx.conn())
        .await
        .optional()?;
    let Some(row) = row else {
        let property = settings.to_property(tenant, PropertyId::new(), TimeDelta::zero());
        diesel::insert_into(properties::table)
            .values(PropertyRow::try_from(&property)?)
            .execute(tx.conn())
            .await?;
        return Ok((property, Outcome::Created));
    };
    let known = Property::try_from(row)?;
    let wanted = settings.to_property(tenant, known.id, known.clock_offset);
    if known == wanted {
        return Ok((wanted, Outcome::Unchanged));
    }
    diesel::update(properties::table.find((tenant, wanted.id)))
        .set((
            PropertyRow::try_from(&wanted)?,
            properties::updated_at.eq(diesel::dsl::now),
        ))
        .execute(tx.conn())
        .await?;
    Ok((wanted, Outcome::Updated))
}
