use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::PlatformTx;
use motel_kernel::TenantId;

use crate::schema::{sessions, tenants};
use crate::{Reason, Slug, TenancyError, Tenant, TenantState};

/// Suspends a business: guests are told to come back later, its people may look and change nothing, programs are refused, and no letters go
/// to guests. Payments that are under way are taken. Saying it again changes the reason.
///
/// # Errors
/// [`TenancyError::NotFound`]; [`TenancyError::TenantDeleted`].
pub async fn suspend_tenant(
    tx: &mut PlatformTx,
    slug: &Slug,
    reason: &Reason,
    now: DateTime<Utc>,
) -> Result<Tenant, TenancyError> {
    let known = lock(tx, slug).await?;
    if known.standing.state == TenantState::Deleted {
        return Err(TenancyError::TenantDeleted);
    }
    motel_mail::silence(tx, known.id).await?;
    stand(tx, known.id, TenantState::Suspended, Some(reason), now).await
}

/// Lets a business that was suspended or deleted do business again. Who was signed in when it was deleted signs in anew; keys
/// work as before.
///
/// # Errors
/// [`TenancyError::NotFound`], also for one that was purged.
pub async fn restore_tenant(
    tx: &mut PlatformTx,
    slug: &Slug,
    now: DateTime<Utc>,
) -> Result<Tenant, TenancyError> {
    let known = lock(tx, slug).await?;
    if known.standing.state == TenantState::Active {
        return Ok(known);
    }
    motel_mail::end_silence(tx, known.id).await?;
    if known.standing.state == TenantState::Deleted {
        // Also one that somebody opened while it was being deleted.
        end_sessions(tx, known.id).await?;
    }
    stand(tx, known.id, TenantState::Active, None, now).await
}

/// Deletes a business: it is not there for anybody any more, and purged after 30 days. What was deleted already stays so since then.
///
/// # Errors
/// [`TenancyError::NotFound`].
pub async fn delete_tenant(
    tx: &mut PlatformTx,
    slug: &Slug,
    reason: &Reason,
    now: DateTime<Utc>,
) -> Result<Tenant, TenancyError> {
    let known = lock(tx, slug).await?;
    if known.standing.state == TenantState::Deleted {
        return Ok(known);
    }
    motel_mail::silence(tx, known.id).await?;
    end_sessions(tx, known.id).await?;
    stand(tx, known.id, TenantState::Deleted, Some(reason), now).await
}

async fn end_sessions(tx: &mut PlatformTx, tenant: TenantId) -> Result<(), TenancyError> {
    diesel::delete(sessions::table.filter(sessions::tenant_id.eq(tenant)))
        .execute(tx.conn())
        .await?;
    Ok(())
}

async fn lock(tx: &mut PlatformTx, slug: &Slug) -> Result<Tenant, TenancyError> {
    tenants::table
        .filter(tenants::slug.eq(slug))
        .select(Tenant::as_select())
        .for_no_key_update()
        .first(tx.conn())
        .await
        .optional()?
        .ok_or(TenancyError::NotFound("business"))
}

async fn stand(
    tx: &mut PlatformTx,
    id: TenantId,
    state: TenantState,
    reason: Option<&Reason>,
    now: DateTime<Utc>,
) -> Result<Tenant, TenancyError> {
    Ok(diesel::update(tenants::table.find(id))
        .set((
            tenants::state.eq(state),
            tenants::state_since.eq(now),
            tenants::state_reason.eq(reason),
        ))
        .returning(Tenant::as_returning())
        .get_result(tx.conn())
        .await?)
}
