use chrono::{DateTime, TimeDelta, Utc};
use diesel::QueryableByName;
use diesel::dsl::min;
use diesel::prelude::*;
use diesel::sql_types::{Integer, Timestamptz, Uuid};
use diesel_async::RunQueryDsl;
use motel_db::{Db, PlatformTx};
use motel_kernel::TenantId;

use super::chain::locked_head;
use crate::schema::{entries, heads};
use crate::{AuditError, Days};

/// The most entries that are removed in one transaction.
const AT_ONCE: i64 = 5_000;

/// A tenant whose oldest entry was kept long enough.
#[derive(QueryableByName)]
struct Due {
    #[diesel(sql_type = Uuid)]
    tenant_id: TenantId,
    #[diesel(sql_type = Integer)]
    days: i32,
}

/// Removes the entries that were kept long enough from the beginning of each tenant's chain, as many days as the tenant says; answers how
/// many. Each cut leaves an entry that says from where the chain goes on, which the database writes itself. It also refuses to cut behind
/// anything that is younger than 90 days, whatever the clock here says.
///
/// # Errors
/// The database failed, or refused to cut a tenant's chain: those of the others are all the same.
pub async fn cut_chains(db: &Db, now: DateTime<Utc>) -> Result<usize, AuditError> {
    let (mut removed, mut failed) = (0, None);
    for Due { tenant_id, days } in due(db, now).await? {
        let oldest = now - TimeDelta::days(days.into());
        match cut_all(db, tenant_id, oldest).await {
            Ok(number) => removed += number,
            Err(error) => {
                tracing::error!(tenant = %tenant_id, error = &error as &dyn std::error::Error, "the audit log of a business cannot be cut");
                failed.get_or_insert(error);
            }
        }
    }
    failed.map_or(Ok(removed), Err)
}

async fn cut_all(db: &Db, tenant: TenantId, oldest: DateTime<Utc>) -> Result<usize, AuditError> {
    let mut removed = 0;
    loop {
        let mut platform = db.platform("cut what was kept long enough").await?;
        let number = cut_some(&mut platform, tenant, oldest).await?;
        if number == 0 {
            return Ok(removed);
        }
        platform.commit().await?;
        removed += number;
    }
}

async fn due(db: &Db, now: DateTime<Utc>) -> Result<Vec<Due>, AuditError> {
    let mut platform = db.platform("look whose log begins too early").await?;
    let due = diesel::sql_query(
        "SELECT head.tenant_id, coalesce(said.days, $2) AS days
         FROM audit.heads head LEFT JOIN audit.retention said USING (tenant_id)
         JOIN audit.entries first ON first.tenant_id = head.tenant_id AND first.seq = head.cut_seq + 1
         WHERE first.at < $1 - make_interval(days => coalesce(said.days, $2))",
    )
    .bind::<Timestamptz, _>(now)
    .bind::<Integer, _>(Days::default().get())
    .load(platform.conn())
    .await?;
    platform.commit().await?;
    Ok(due)
}

/// Cuts as far as everything is older, and no further than one transaction should.
async fn cut_some(
    platform: &mut PlatformTx,
    tenant: TenantId,
    oldest: DateTime<Utc>,
) -> Result<usize, AuditError> {
    let head = locked_head(platform, tenant).await?;
    let most = head.last.seq.min(head.cut.seq + AT_ONCE);
    let chain = || entries::table.filter(entries::tenant_id.eq(tenant));
    let first_kept: Option<i64> = chain()
        .filter(entries::seq.gt(head.cut.seq).and(entries::seq.le(most)))
        .filter(entries::at.ge(oldest))
        .select(min(entries::seq))
        .first(platform.conn())
        .await?;
    let until = first_kept.map_or(most, |seq| seq - 1);
    let hash: Option<Option<Vec<u8>>> = chain()
        .filter(entries::seq.eq(until))
        .filter(entries::seq.gt(head.cut.seq))
        .select(entries::hash)
        .first(platform.conn())
        .await
        .optional()?;
    let Some(hash) = hash.flatten() else {
        return Ok(0);
    };
    diesel::update(heads::table.find(tenant))
        .set((heads::cut_seq.eq(until), heads::cut_hash.eq(hash)))
        .execute(platform.conn())
        .await?;
    let removed = diesel::delete(chain().filter(entries::seq.le(until)))
        .execute(platform.conn())
        .await?;
    Ok(removed)
}
