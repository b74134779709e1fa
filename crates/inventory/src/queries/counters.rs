use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{StayDates, UnitGroupId};

use crate::NightlyCounter;
use crate::schema::nightly_counters as counters;

/// The counters of a stay's nights in night order, as they stand committed.
pub(crate) async fn open_counters(
    tx: &mut TenantTx,
    group: UnitGroupId,
    stay: StayDates,
) -> QueryResult<Vec<NightlyCounter>> {
    counters::table
        .filter(counters::tenant_id.eq(tx.tenant()))
        .filter(counters::unit_group_id.eq(group))
        .filter(counters::night.ge(stay.arrival()))
        .filter(counters::night.lt(stay.departure()))
        .order(counters::night)
        .select(NightlyCounter::as_select())
        .load(tx.conn())
        .await
}

/// The counters of the nights of `[from, until)`, locked until the transaction ends. Everybody locks in night order, so
/// nobody waits in a circle.
pub(crate) async fn locked_counters(
    tx: &TenantTx,
    group: UnitGroupId,
    from: NaiveDate,
    until: NaiveDate,
) -> QueryResult<Vec<NightlyCounter>> {
    counters::table
        .filter(counters::tenant_id.eq(tx.tenant()))
        .filter(counters::unit_group_id.eq(group))
        .filter(counters::night.ge(from))
        .filter(counters::night.lt(until))
        .order(counters::night)
        .select(NightlyCounter::as_select())
        .for_update()
        .load(&mut tx.reading())
        .await
}

/// Those of the counters that nobody else holds, locked.
pub(crate) async fn counters_free_to_lock(
    tx: &mut TenantTx,
    group: UnitGroupId,
    from: NaiveDate,
    until: NaiveDate,
) -> QueryResult<Vec<NightlyCounter>> {
    counters::table
        .filter(counters::tenant_id.eq(tx.tenant()))
        .filter(counters::unit_group_id.eq(group))
        .filter(counters::night.ge(from))
        .filter(counters::night.lt(until))
        .order(counters::night)
        .select(NightlyCounter::as_select())
        .for_update()
        .skip_locked()
        .load(tx.conn())
        .await
}

/// How many of the nights of `[from, until)` are open.
pub(crate) async fn count_counters(
    tx: &mut TenantTx,
    group: UnitGroupId,
    from: NaiveDate,
    until: NaiveDate,
) -> QueryResult<i64> {
    counters::table
        .filter(counters::tenant_id.eq(tx.tenant()))
        .filter(counters::unit_group_id.eq(group))
        .filter(counters::night.ge(from))
        .filter(counters::night.lt(until))
        .count()
        .get_result(tx.conn())
        .await
}
