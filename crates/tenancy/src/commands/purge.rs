use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::{Db, PlatformTx};
use motel_kernel::TenantId;

use crate::schema::{former_slugs, tenants};
use crate::{Slug, TenancyError, TenantState, rules};

/// How many are looked at in one go.
const AT_ONCE: i64 = 500;

/// Deletes for good, one after the other, every business that was deleted 30 days ago or more: each row of it in every table there is. Its
/// name stays taken. Answers whose it was. One that another process has in hand is left to that, and one's trouble is not the others'.
///
/// # Errors
/// The database failed, or one could not be purged: of that everything is still there, and the others were tried all the same.
pub async fn purge_tenants(db: &Db, now: DateTime<Utc>) -> Result<Vec<Slug>, TenancyError> {
    let mut gone = Vec::new();
    let mut failed = Ok(());
    for tenant in due(db, now).await? {
        match purge(db, tenant, now).await {
            Ok(Some(slug)) => {
                tracing::info!(%slug, "a business that was deleted is purged");
                gone.push(slug);
            }
            Ok(None) => {}
            Err(error) => {
                tracing::error!(%tenant, error = &error as &dyn std::error::Error, "a deleted business could not be purged; it is tried again");
                failed = Err(error);
            }
        }
    }
    failed.map(|()| gone)
}

async fn due(db: &Db, now: DateTime<Utc>) -> Result<Vec<TenantId>, TenancyError> {
    let mut tx = db.platform("look whom to purge").await?;
    let due = tenants::table
        .filter(tenants::state.eq(TenantState::Deleted))
        .filter(tenants::state_since.le(rules::purged_if_deleted_by(now)))
        .order(tenants::state_since)
        .limit(AT_ONCE)
        .select(tenants::tenant_id)
        .load(tx.conn())
        .await?;
    tx.commit().await?;
    Ok(due)
}

/// One of them; `None` when it is not to be purged any more, or another has it in hand.
async fn purge(
    db: &Db,
    tenant: TenantId,
    now: DateTime<Utc>,
) -> Result<Option<Slug>, TenancyError> {
    let mut tx = db.platform("purge a deleted business").await?;
    let Some(slug) = lock(&mut tx, tenant, now).await? else {
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

async fn lock(
    tx: &mut PlatformTx,
    tenant: TenantId,
    now: DateTime<Utc>,
) -> Result<Option<Slug>, TenancyError> {
    Ok(tenants::table
        .find(tenant)
        .filter(tenants::state.eq(TenantState::Deleted))
        .filter(tenants::state_since.le(rules::purged_if_deleted_by(now)))
        .select(tenants::slug)
        .for_update()
        .skip_locked()
        .first(tx.conn())
        .await
        .optional()?)
}
