use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_bookings::BookingError;
use motel_bookings::commands::advance_business_date;
use motel_db::TenantTx;
use motel_tenancy::Property;

use crate::rules::due_at;
use crate::schema::schedules;
use crate::{NightAuditError, Schedule};

/// In the night, when nobody arrives any more.
const USUAL_TIME: NaiveTime = NaiveTime::MIN
    .overflowing_add_signed(chrono::TimeDelta::hours(3))
    .0;

/// The schedule of a property, held until the transaction ends. Where there is none, days are closed at three in the
/// morning from now on, and the property works on the day on its wall.
pub async fn keep_schedule(
    tx: &mut TenantTx,
    property: &Property,
    now: DateTime<Utc>,
) -> Result<Schedule, NightAuditError> {
    let current = motel_bookings::queries::business_date(tx, property, now).await?;
    let opened = diesel::insert_into(schedules::table)
        .values((
            schedules::tenant_id.eq(tx.tenant()),
            schedules::property_id.eq(property.id),
            schedules::at.eq(USUAL_TIME),
            schedules::next_due_at.eq(due_at(current, USUAL_TIME, property.timezone)),
        ))
        .on_conflict_do_nothing()
        .execute(tx.conn())
        .await?;
    if opened == 1 {
        open_day(tx, property, current, now).await?;
    }
    let schedule = schedules::table
        .find((tx.tenant(), property.id))
        .select(Schedule::as_select())
        .for_no_key_update()
        .first(tx.conn())
        .await?;
    Ok(schedule)
}

/// From here on the day changes when it is closed, not at midnight.
async fn open_day(
    tx: &mut TenantTx,
    property: &Property,
    day: NaiveDate,
    now: DateTime<Utc>,
) -> Result<(), NightAuditError> {
    match advance_business_date(tx, property, day - Days::new(1), now).await {
        // Somebody has closed a day before there was a schedule.
        Ok(_) | Err(BookingError::Stale) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// Notes when the day that is open now is to be closed.
pub async fn set_next_due(
    tx: &mut TenantTx,
    property: &Property,
    at: NaiveTime,
    business_date: NaiveDate,
) -> Result<(), NightAuditError> {
    diesel::update(schedules::table.find((tx.tenant(), property.id)))
        .set(schedules::next_due_at.eq(due_at(business_date, at, property.timezone)))
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Has the days of a property closed by themselves at another time, or by hand only.
///
/// # Errors
/// [`NightAuditError::Stale`] when `expected` is not its version.
pub async fn change_schedule(
    tx: &mut TenantTx,
    property: &Property,
    expected: Option<i32>,
    (automatic, at): (bool, NaiveTime),
    now: DateTime<Utc>,
) -> Result<Schedule, NightAuditError> {
    let before = keep_schedule(tx, property, now).await?;
    if expected.is_some_and(|version| version != before.version) {
        return Err(NightAuditError::Stale);
    }
    let current = motel_bookings::queries::business_date(tx, property, now).await?;
    let changed = diesel::update(schedules::table.find((tx.tenant(), property.id)))
        .set((
            schedules::automatic.eq(automatic),
            schedules::at.eq(at),
            schedules::next_due_at.eq(due_at(current, at, property.timezone)),
            schedules::version.eq(schedules::version + 1),
        ))
        .returning(Schedule::as_returning())
        .get_result(tx.conn())
        .await?;
    Ok(changed)
}
