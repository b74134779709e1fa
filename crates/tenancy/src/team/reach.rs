use std::collections::HashMap;

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{PropertyId, StaffId};

use super::TeamRefusal;
use super::lead::check_leads;
use super::members::{locked_member, locked_owners};
use crate::schema::{member_properties, properties, staff};
use crate::{Reach, Role, Staff, TenancyError};

/// Says for which properties a member works, from their next request on. An owner works for the whole business.
///
/// # Errors
/// [`TenancyError::NotFound`] for a member or a property that the business does not have, or no property at all;
/// [`TeamRefusal::BeyondRole`], [`TeamRefusal::OwnerUnlimited`].
pub async fn limit_member(
    tx: &mut TenantTx,
    by: StaffId,
    id: StaffId,
    reach: &Reach,
) -> Result<Staff, TenancyError> {
    locked_owners(tx).await?;
    let member = locked_member(tx, id).await?;
    check_leads(tx, by, &[member.role]).await?;
    if member.role == Role::Owner && reach.is_limited() {
        return Err(TeamRefusal::OwnerUnlimited.into());
    }
    forget_properties(tx, id).await?;
    if let Reach::Within(some) = reach {
        check_there(tx, some).await?;
        put_properties(tx, id, some).await?;
    }
    Ok(diesel::update(staff::table.find((tx.tenant(), id)))
        .set(staff::limited.eq(reach.is_limited()))
        .returning(Staff::as_returning())
        .get_result(tx.conn())
        .await?)
}

async fn check_there(tx: &mut TenantTx, some: &[PropertyId]) -> Result<(), TenancyError> {
    let there: i64 = properties::table
        .filter(properties::tenant_id.eq(tx.tenant()))
        .filter(properties::id.eq_any(some))
        .count()
        .get_result(tx.conn())
        .await?;
    let all = !some.is_empty() && usize::try_from(there) == Ok(some.len());
    all.then_some(()).ok_or(TenancyError::NotFound("property"))
}

async fn put_properties(
    tx: &mut TenantTx,
    id: StaffId,
    some: &[PropertyId],
) -> Result<(), TenancyError> {
    let tenant = tx.tenant();
    let row = |property: &PropertyId| {
        (
            member_properties::tenant_id.eq(tenant),
            member_properties::staff_id.eq(id),
            member_properties::property_id.eq(*property),
        )
    };
    let rows: Vec<_> = some.iter().map(row).collect();
    diesel::insert_into(member_properties::table)
        .values(rows)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Nothing says any more for which properties they work; whether they are limited stands with the member.
pub(super) async fn forget_properties(tx: &mut TenantTx, id: StaffId) -> Result<(), TenancyError> {
    diesel::delete(member_properties::table)
        .filter(member_properties::tenant_id.eq(tx.tenant()))
        .filter(member_properties::staff_id.eq(id))
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// For which properties those members work who are limited.
#[derive(Debug, Clone, Default)]
pub struct Reaches(HashMap<StaffId, Vec<PropertyId>>);

impl Reaches {
    /// For which a member works.
    pub fn of(&self, member: &Staff) -> Reach {
        match member.limited {
            true => Reach::Within(self.0.get(&member.id).cloned().unwrap_or_default()),
            false => Reach::Everywhere,
        }
    }
}

/// For which properties the members of the team work.
///
/// # Errors
/// The database failed.
pub async fn reaches(tx: &mut TenantTx) -> Result<Reaches, TenancyError> {
    let rows: Vec<(StaffId, PropertyId)> = member_properties::table
        .filter(member_properties::tenant_id.eq(tx.tenant()))
        .order(member_properties::property_id)
        .select((member_properties::staff_id, member_properties::property_id))
        .load(tx.conn())
        .await?;
    let mut reaches: HashMap<StaffId, Vec<PropertyId>> = HashMap::new();
    for (member, property) in rows {
        reaches.entry(member).or_default().push(property);
    }
    Ok(Reaches(reaches))
}
