use chrono::TimeDelta;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::{PlatformTx, TenantTx};
use motel_kernel::{Email, PersonName, PropertyId, StaffId};

use crate::model::PropertyRow;
use crate::rules::slug_candidates;
use crate::schema::{properties, staff};
use crate::{
    BusinessName, PasswordHash, Policies, Property, PropertySettings, Role, Slug, Staff, Tax,
    TenancyError, Tenant, TenantKind, TenantSettings, commands,
};

/// A business that somebody founds.
#[derive(Debug, Clone)]
pub struct NewBusiness {
    /// What it calls itself; its address is made of it.
    pub name: BusinessName,
    /// Its trade.
    pub kind: TenantKind,
    /// Its first property.
    pub property: PropertySettings,
    /// The tax on what it sells.
    pub tax: Tax,
    /// Whose it is.
    pub owner: Founder,
}

/// Who founds a business, and will be its owner.
#[derive(Debug, Clone)]
pub struct Founder {
    /// What they will sign in with.
    pub email: Email,
    /// How the console greets them.
    pub name: PersonName,
    /// Of the password they chose; made by [`passwords::fit`](crate::passwords::fit).
    pub password: PasswordHash,
}

/// A business that was just founded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Founded {
    /// The business.
    pub tenant: Tenant,
    /// Its first property.
    pub property: Property,
    /// Its owner.
    pub owner: Staff,
}

/// Founds a business with its first property and its owner, under the first address made of its name that is free and not `own`, the
/// one of the installation's own business, which may not be there yet. What was done
/// in the transaction before stands or falls with it; the transaction goes on as the new business's.
///
/// # Errors
/// [`TenancyError::EmailTaken`]: the founder signs in to another account of the installation; [`TenancyError::NoAddressLeft`].
pub async fn found_business(
    mut tx: PlatformTx,
    new: &NewBusiness,
    own: &Slug,
) -> Result<(TenantTx, Founded), TenancyError> {
    let tenant = take_address(&mut tx, new, own).await?;
    let mut tx = tx.narrow_to(tenant.id).await?;
    let property =
        settings(&tenant, new).to_property(tenant.id, PropertyId::new(), TimeDelta::zero());
    diesel::insert_into(properties::table)
        .values(PropertyRow::try_from(&property)?)
        .execute(tx.conn())
        .await?;
    let owner = take_in(&mut tx, &new.owner).await?;
    let founded = Founded {
        tenant,
        property,
        owner,
    };
    Ok((tx, founded))
}

/// Two who want the same address at once take turns: whoever comes second gets the next one.
async fn take_address(
    tx: &mut PlatformTx,
    new: &NewBusiness,
    own: &Slug,
) -> Result<Tenant, TenancyError> {
    for slug in slug_candidates(new.name.as_str(), new.kind, own) {
        let taken = commands::create_tenant(tx, &slug, new.name.as_str(), new.kind).await?;
        if let Some(tenant) = taken {
            return Ok(tenant);
        }
    }
    Err(TenancyError::NoAddressLeft)
}

fn settings(tenant: &Tenant, new: &NewBusiness) -> TenantSettings {
    TenantSettings {
        slug: tenant.slug.clone(),
        name: tenant.name.clone(),
        kind: tenant.kind,
        sandbox: tenant.sandbox,
        property: new.property.clone(),
        tax: new.tax.clone(),
        policies: Policies::default(),
        chefs: Vec::new(),
    }
}

async fn take_in(tx: &mut TenantTx, founder: &Founder) -> Result<Staff, TenancyError> {
    let row = (
        staff::tenant_id.eq(tx.tenant()),
        staff::id.eq(StaffId::new()),
        staff::email.eq(&founder.email),
        staff::password_hash.eq(&founder.password),
        staff::display_name.eq(founder.name.as_str()),
        staff::role.eq(Some(Role::Owner)),
    );
    diesel::insert_into(staff::table)
        .values(row)
        .on_conflict_do_nothing()
        .returning(Staff::as_returning())
        .get_result(tx.conn())
        .await
        .optional()?
        .ok_or(TenancyError::EmailTaken)
}
