use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::PropertyId;

use super::rate_plans::lock_plans;
use crate::model::RestrictionRow;
use crate::schema::restrictions as table;
use crate::{NightRange, RatesError, RestrictionKind, RestrictionScope, WeekCalendar};

/// What is said of one kind of restriction on some nights; `None` says nothing any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RestrictionEdit {
    /// The kind.
    pub kind: RestrictionKind,
    /// 1 for what is either so or not, otherwise a number up to [`RestrictionKind::largest`]. 0 restricts nothing, and
    /// frees a derived plan of what its parent restricts.
    pub value: Option<i32>,
}

/// A night whose restriction was edited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EditedRestriction {
    /// The kind.
    pub kind: RestrictionKind,
    /// The night.
    pub night: NaiveDate,
    /// What was said of it.
    pub before: Option<i32>,
    /// What is said of it now.
    pub after: Option<i32>,
}

/// Edits restrictions of a scope on a range of nights; kinds that are not named stay as they are. Tells every night of
/// which another thing is said now.
pub async fn edit_restrictions(
    tx: &mut TenantTx,
    property: PropertyId,
    scope: RestrictionScope,
    range: NightRange,
    edits: &[RestrictionEdit],
) -> Result<Vec<EditedRestriction>, RatesError> {
    lock_plans(tx, property).await?;
    let mut edited = Vec::new();
    for edit in edits {
        let before = calendar(tx, property, edit.kind, scope).await?;
        let mut after = before.clone();
        after.edit(range, |_| edit.value);
        if after != before {
            store(tx, property, edit.kind, scope, &after).await?;
        }
        let nights = range.nights().map(|night| EditedRestriction {
            kind: edit.kind,
            night,
            before: before.get(night),
            after: after.get(night),
        });
        edited.extend(nights.filter(|night| night.before != night.after));
    }
    Ok(edited)
}

async fn calendar(
    tx: &mut TenantTx,
    property: PropertyId,
    kind: RestrictionKind,
    scope: RestrictionScope,
) -> Result<WeekCalendar<i32>, RatesError> {
    let rows: Vec<RestrictionRow> = table::table
        .filter(table::tenant_id.eq(tx.tenant()))
        .filter(table::property_id.eq(property))
        .filter(table::kind.eq(kind))
        .filter(table::unit_group_id.is_not_distinct_from(scope.unit_group))
        .filter(table::rate_plan_id.is_not_distinct_from(scope.rate_plan))
        .order(table::valid_from)
        .select(RestrictionRow::as_select())
        .load(tx.conn())
        .await?;
    Ok(WeekCalendar::new(rows.iter().map(RestrictionRow::span)))
}

async fn store(
    tx: &mut TenantTx,
    property: PropertyId,
    kind: RestrictionKind,
    scope: RestrictionScope,
    calendar: &WeekCalendar<i32>,
) -> Result<(), RatesError> {
    diesel::delete(table::table)
        .filter(table::tenant_id.eq(tx.tenant()))
        .filter(table::property_id.eq(property))
        .filter(table::kind.eq(kind))
        .filter(table::unit_group_id.is_not_distinct_from(scope.unit_group))
        .filter(table::rate_plan_id.is_not_distinct_from(scope.rate_plan))
        .execute(tx.conn())
        .await?;
    let tenant_id = tx.tenant();
    let rows = calendar.spans().iter().map(|span| RestrictionRow {
        tenant_id,
        property_id: property,
        kind,
        unit_group_id: scope.unit_group,
        rate_plan_id: scope.rate_plan,
        valid_from: span.from,
        valid_until: span.until,
        amounts: span.days.to_vec(),
    });
    diesel::insert_into(table::table)
        .values(rows.collect::<Vec<_>>())
        .execute(tx.conn())
        .await?;
    Ok(())
}
