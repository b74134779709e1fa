use diesel::dsl::exists;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::PlatformTx;
use motel_kernel::TenantId;

use crate::schema::{former_slugs, tenants};
use crate::{Slug, TenancyError, Tenant, TenantKind};

/// Founds a tenant; `None` when the slug belongs to one already, or to one that is gone for good.
///
/// # Errors
/// The database failed.
pub async fn create_tenant(
    tx: &mut PlatformTx,
    slug: &Slug,
    name: &str,
    kind: TenantKind,
) -> Result<Option<Tenant>, TenancyError> {
    let former = former_slugs::table.filter(former_slugs::slug.eq(slug));
    let is_former = diesel::select(exists(former)).get_result(tx.conn()).await?;
    if is_former {
        return Ok(None);
    }
    let row = (
        tenants::tenant_id.eq(TenantId::new()),
        tenants::slug.eq(slug),
        tenants::name.eq(name),
        tenants::kind.eq(kind),
    );
    Ok(diesel::insert_into(tenants::table)
        .values(row)
        .on_conflict(tenants::slug)
        .do_nothing()
        .returning(Tenant::as_returning())
        .get_result(tx.conn())
        .await
        .optional()?)
}
