use std::collections::HashMap;

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::PlatformTx;
use motel_kernel::TenantId;

use super::share::is_among;
use super::{Flag, Flags, Percent};
use crate::schema::{flag_overrides, flags, tenants};
use crate::{Slug, TenancyError};

/// How a flag is set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlagSetting {
    /// Which.
    pub flag: Flag,
    /// For how many it is on.
    pub share: Percent,
    /// For whom it is said apart, by their names in addresses.
    pub overrides: Vec<(Slug, bool)>,
}

motel_db::text_enum! {
    /// What is said of a flag for one business.
    pub enum FlagState {
        /// It is on, whatever the share.
        On = "on",
        /// It is off, whatever the share.
        Off = "off",
        /// As for all others.
        AsOthers = "as-others",
    }
}

/// How every flag is set.
///
/// # Errors
/// The database failed.
pub async fn settings(tx: &mut PlatformTx) -> Result<Vec<FlagSetting>, TenancyError> {
    let shares = shares(tx).await?;
    let rows: Vec<(String, Slug, bool)> = flag_overrides::table
        .inner_join(tenants::table.on(tenants::tenant_id.eq(flag_overrides::tenant_id)))
        .order((flag_overrides::flag, tenants::slug))
        .select((flag_overrides::flag, tenants::slug, flag_overrides::enabled))
        .load(tx.conn())
        .await?;
    let setting = |flag: &Flag| FlagSetting {
        flag: *flag,
        share: share_of(*flag, &shares),
        overrides: rows
            .iter()
            .filter(|(name, ..)| name == flag.as_str())
            .map(|(_, slug, enabled)| (slug.clone(), *enabled))
            .collect(),
    };
    Ok(Flag::ALL.iter().map(setting).collect())
}

/// What is on for a business. Rows of flags that this version does not know, or no more, mean nothing.
pub(crate) async fn flags_of(tx: &mut PlatformTx, tenant: TenantId) -> Result<Flags, TenancyError> {
    let shares = shares(tx).await?;
    let said: HashMap<String, bool> = flag_overrides::table
        .filter(flag_overrides::tenant_id.eq(tenant))
        .select((flag_overrides::flag, flag_overrides::enabled))
        .load::<(String, bool)>(tx.conn())
        .await?
        .into_iter()
        .collect();
    let is_on = |flag: &Flag| match said.get(flag.as_str()) {
        Some(enabled) => *enabled,
        None => is_among(*flag, tenant, share_of(*flag, &shares)),
    };
    Ok(Flag::ALL.iter().copied().filter(is_on).collect())
}

async fn shares(tx: &mut PlatformTx) -> Result<HashMap<String, Percent>, TenancyError> {
    let rows: Vec<(String, Percent)> = flags::table
        .select((flags::flag, flags::percent))
        .load(tx.conn())
        .await?;
    Ok(rows.into_iter().collect())
}

fn share_of(flag: Flag, shares: &HashMap<String, Percent>) -> Percent {
    let said = shares.get(flag.as_str()).copied();
    said.unwrap_or_else(|| flag.default_share())
}
