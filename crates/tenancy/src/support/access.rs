use diesel::dsl::sql;
use diesel::expression::SqlLiteral;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Integer, Nullable, Timestamptz};
use diesel::upsert::{DecoratableTarget, excluded};
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::StaffId;

use super::model::SupportAccessId;
use super::{SupportAccess, SupportHours, SupportVisit};
use crate::TenancyError;
use crate::commands::end_sessions_of;
use crate::schema::{staff, support_accesses, support_visits};

/// The most visits that are listed.
const MOST: i64 = 100;

/// Neither taken back nor over.
fn is_open() -> SqlLiteral<Bool> {
    sql("(closed_at IS NULL AND ends_at > now())")
}

/// Lets support in for so many hours from now on; if they may come already, until then instead.
///
/// # Errors
/// The database failed.
pub async fn let_support_in(
    tx: &mut TenantTx,
    by: StaffId,
    hours: SupportHours,
) -> Result<SupportAccess, TenancyError> {
    let ends_at = sql::<Timestamptz>("now() + make_interval(hours => ")
        .bind::<Integer, _>(hours.get())
        .sql(")");
    let row = (
        support_accesses::tenant_id.eq(tx.tenant()),
        support_accesses::id.eq(SupportAccessId::fresh()),
        support_accesses::opened_by.eq(by),
        support_accesses::opened_at.eq(sql::<Timestamptz>("now()")),
        support_accesses::ends_at.eq(ends_at),
    );
    Ok(diesel::insert_into(support_accesses::table)
        .values(row)
        .on_conflict(support_accesses::tenant_id)
        .filter_target(support_accesses::closed_at.is_null())
        .do_update()
        .set((
            support_accesses::opened_by.eq(excluded(support_accesses::opened_by)),
            support_accesses::opened_at.eq(excluded(support_accesses::opened_at)),
            support_accesses::ends_at.eq(excluded(support_accesses::ends_at)),
        ))
        .returning(SupportAccess::as_returning())
        .get_result(tx.conn())
        .await?)
}

/// Until when support may come; `None` while they may not.
///
/// # Errors
/// The database failed.
pub async fn support_access(tx: &mut TenantTx) -> Result<Option<SupportAccess>, TenancyError> {
    Ok(support_accesses::table
        .filter(is_open())
        .select(SupportAccess::as_select())
        .first(tx.conn())
        .await
        .optional()?)
}

/// The same, and nobody takes it back before this transaction ends.
pub(super) async fn held_access(tx: &mut TenantTx) -> Result<Option<SupportAccess>, TenancyError> {
    Ok(support_accesses::table
        .filter(is_open())
        .select(SupportAccess::as_select())
        .for_share()
        .first(tx.conn())
        .await
        .optional()?)
}

/// Who of support came, the last first; a hundred at most.
///
/// # Errors
/// The database failed.
pub async fn support_visits(tx: &mut TenantTx) -> Result<Vec<SupportVisit>, TenancyError> {
    visits(tx, None).await
}

/// All of them, or the one of a member.
pub(super) async fn visits(
    tx: &mut TenantTx,
    of: Option<StaffId>,
) -> Result<Vec<SupportVisit>, TenancyError> {
    let visitor = staff::tenant_id
        .eq(support_visits::tenant_id)
        .and(staff::id.eq(support_visits::staff_id));
    let mut visits = support_visits::table
        .inner_join(staff::table.on(visitor))
        .order(support_visits::staff_id.desc())
        .limit(MOST)
        .select((
            support_visits::staff_id,
            staff::display_name,
            support_visits::reason,
            support_visits::visited_at,
            support_visits::ends_at,
        ))
        .into_boxed();
    if let Some(visitor) = of {
        visits = visits.filter(support_visits::staff_id.eq(visitor));
    }
    Ok(visits.load(tx.conn()).await?)
}

/// Takes the access back: whoever of support is in is out at once. Answers whether there was one.
///
/// # Errors
/// The database failed.
pub async fn turn_support_out(tx: &mut TenantTx) -> Result<bool, TenancyError> {
    close(tx, sql("true")).await
}

/// The same where its time is over.
pub(super) async fn turn_out_if_over(tx: &mut TenantTx) -> Result<bool, TenancyError> {
    close(tx, sql("ends_at <= now()")).await
}

async fn close(tx: &mut TenantTx, which: SqlLiteral<Bool>) -> Result<bool, TenancyError> {
    let open = support_accesses::table
        .filter(support_accesses::closed_at.is_null())
        .filter(which);
    let now = sql::<Nullable<Timestamptz>>("now()");
    let closed: Option<SupportAccessId> = diesel::update(open)
        .set(support_accesses::closed_at.eq(now))
        .returning(support_accesses::id)
        .get_result(tx.conn())
        .await
        .optional()?;
    let Some(access) = closed else {
        return Ok(false);
    };
    let visitors: Vec<StaffId> = support_visits::table
        .filter(support_visits::access_id.eq(access))
        .select(support_visits::staff_id)
        .load(tx.conn())
        .await?;
    for visitor in visitors {
        diesel::update(staff::table.find((tx.tenant(), visitor)))
            .set(staff::active.eq(false))
            .execute(tx.conn())
            .await?;
        end_sessions_of(tx, visitor, None).await?;
    }
    Ok(true)
}
