use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::PlatformTx;
use motel_kernel::Email;

use crate::schema::{staff, tenants};
use crate::{Role, Slug, TenancyError, Tenant};

/// A business as the operator sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Business {
    /// Who it is, and how it stands.
    pub tenant: Tenant,
    /// Since when it is here.
    pub founded_at: DateTime<Utc>,
    /// How many may sign in.
    pub members: i64,
    /// Whom to write to: its owners who may sign in.
    pub owners: Vec<Email>,
}

/// At most `limit` businesses in the order of their names in addresses, from the one after `after` on; with `search` those whose name or
/// name in addresses has it in it.
///
/// # Errors
/// The database failed.
pub async fn businesses(
    tx: &mut PlatformTx,
    search: Option<&str>,
    after: Option<&Slug>,
    limit: i64,
) -> Result<Vec<Tenant>, TenancyError> {
    let mut found = tenants::table
        .order(tenants::slug)
        .select(Tenant::as_select())
        .limit(limit)
        .into_boxed();
    if let Some(after) = after {
        found = found.filter(tenants::slug.gt(after));
    }
    if let Some(search) = search {
        let pattern = format!("%{}%", literally(search));
        let named = tenants::name.ilike(pattern.clone());
        found = found.filter(named.or(tenants::slug.ilike(pattern)));
    }
    Ok(found.load(tx.conn()).await?)
}

/// One business; `None` when there is none of that name, or no more.
///
/// # Errors
/// The database failed.
pub async fn business(tx: &mut PlatformTx, slug: &Slug) -> Result<Option<Business>, TenancyError> {
    let found: Option<(Tenant, DateTime<Utc>)> = tenants::table
        .filter(tenants::slug.eq(slug))
        .select((Tenant::as_select(), tenants::created_at))
        .first(tx.conn())
        .await
        .optional()?;
    let Some((tenant, founded_at)) = found else {
        return Ok(None);
    };
    let active = staff::table
        .filter(staff::tenant_id.eq(tenant.id))
        .filter(staff::active);
    let members = active.count().get_result(tx.conn()).await?;
    let owners = active
        .filter(staff::role.eq(Role::Owner))
        .order(staff::id)
        .select(staff::email)
        .load(tx.conn())
        .await?;
    Ok(Some(Business {
        tenant,
        founded_at,
        members,
        owners,
    }))
}

/// The same words without a meaning for `LIKE`.
fn literally(words: &str) -> String {
    words
        .replace('\\', "\\\\")
        .replace('%', "\\%")
        .replace('_', "\\_")
}
