use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use diesel_async::RunQueryDsl;
use motel_db::Db;
use motel_kernel::TenantId;

use super::access::turn_out_if_over;
use crate::TenancyError;
use crate::schema::support_accesses;

/// How many businesses are looked at in one go.
const AT_ONCE: i64 = 500;

/// Lets visitors go whose time is over: of how many businesses. Their sessions ended by themselves.
pub(crate) async fn turn_out_those_who_are_over(db: &Db) -> Result<usize, TenancyError> {
    let mut turned_out = 0;
    for tenant in over(db).await? {
        let mut tx = db.tenant(tenant).await?;
        turned_out += usize::from(turn_out_if_over(&mut tx).await?);
        tx.commit().await?;
    }
    Ok(turned_out)
}

async fn over(db: &Db) -> Result<Vec<TenantId>, TenancyError> {
    let mut tx = db.platform("look whose support access is over").await?;
    let over = support_accesses::table
        .filter(sql::<Bool>("closed_at IS NULL AND ends_at <= now()"))
        .order(support_accesses::ends_at)
        .limit(AT_ONCE)
        .select(support_accesses::tenant_id)
        .load(tx.conn())
        .await?;
    tx.commit().await?;
    Ok(over)
}
