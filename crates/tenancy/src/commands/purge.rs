use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::{Db, PlatformTx};
use motel_kernel::TenantId;

use crate::schema::{former_slugs, tenants};
use crate::{Slug, TenancyError, TenantState, rules};

/// Deletes for good, one after the other, every business that was deleted 30 days ago or more: each row of it in every table there is. Its
/// name stays taken. Answers whose it was. One that another process has in hand is left to that.
///
/// # Errors
/// The database failed; of that business everything is still there.
pub async fn purge_tenants(db: &Db, now: DateTime<Utc>) -> Result<Vec<Slug>, TenancyError> {
    let mut gone = Vec::new();
    while let Some(slug) = purge_next(db, now).await? {
        tracing::info!(%slug, "a business that was deleted is purged");
        gone.push(slug);
    }
    Ok(gone)
}

/// One of them; `None` when there is none left.
async fn purge_next(db: &Db, now: DateTime<Utc>) -> Result<Option<Slug>, TenancyError> {
    let mut tx = db.platform("purge a deleted business").await?;
    let Some((tenant, slug)) = next(&mut tx, now).await? else {
        return Ok(None);
    };
    diesel::insert_into(former_slugs::table)
        .values((
            former_slugs::slug.eq(&slug),
            former_slugs::purged_at.eq(now),
        ))
        .execute(tx.conn())
        .await?;
    tx.purge(tenant).await?;
    Ok(Some(slug))
}

async fn next(
    tx: &mut PlatformTx,
    now: DateTime<Utc>,
) -> Result<Option<(TenantId, Slug)>, TenancyError> {
    Ok(tenants::table
        .filter(tenants::state.eq(TenantState::Deleted))
        .filter(tenants::state_since.le(rules::purged_if_deleted_by(now)))
        .order(tenants::state_since)
        .select((tenants::tenant_id, tenants::slug))
        .for_update()
        .skip_locked()
        .first(tx.conn())
        .await
        .optional()?)
}
