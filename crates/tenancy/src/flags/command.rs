use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::PlatformTx;
use motel_kernel::TenantId;

use super::{Flag, FlagState, Percent};
use crate::schema::{flag_overrides, flags, tenants};
use crate::{Slug, TenancyError};

/// Has a flag on for a share of the businesses. Every node hears of it when the transaction is committed.
///
/// # Errors
/// The database failed.
pub async fn roll_out(
    tx: &mut PlatformTx,
    flag: Flag,
    share: Percent,
    now: DateTime<Utc>,
) -> Result<(), TenancyError> {
    let said = (flags::percent.eq(share), flags::changed_at.eq(now));
    diesel::insert_into(flags::table)
        .values((flags::flag.eq(flag), said))
        .on_conflict(flags::flag)
        .do_update()
        .set(said)
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Has a flag on or off for one business, whatever the share, or again as for all others.
///
/// # Errors
/// [`TenancyError::NotFound`].
pub async fn override_flag(
    tx: &mut PlatformTx,
    flag: Flag,
    slug: &Slug,
    state: FlagState,
    now: DateTime<Utc>,
) -> Result<(), TenancyError> {
    let tenant: TenantId = tenants::table
        .filter(tenants::slug.eq(slug))
        .select(tenants::tenant_id)
        .first(tx.conn())
        .await
        .optional()?
        .ok_or(TenancyError::NotFound("business"))?;
    let enabled = match state {
        FlagState::On => true,
        FlagState::Off => false,
        FlagState::AsOthers => return forget(tx, flag, tenant).await,
    };
    let said = (
        flag_overrides::enabled.eq(enabled),
        flag_overrides::changed_at.eq(now),
    );
    diesel::insert_into(flag_overrides::table)
        .values((
            flag_overrides::tenant_id.eq(tenant),
            flag_overrides::flag.eq(flag),
            said,
        ))
        .on_conflict((flag_overrides::tenant_id, flag_overrides::flag))
        .do_update()
        .set(said)
        .execute(tx.conn())
        .await?;
    Ok(())
}

async fn forget(tx: &mut PlatformTx, flag: Flag, tenant: TenantId) -> Result<(), TenancyError> {
    diesel::delete(flag_overrides::table)
        .filter(flag_overrides::tenant_id.eq(tenant))
        .filter(flag_overrides::flag.eq(flag))
        .execute(tx.conn())
        .await?;
    Ok(())
}
