use chrono::{DateTime, NaiveDate, Utc};
use diesel_async::RunQueryDsl;
use motel_bookings::commands::{advance_business_date, mark_no_show, release_holds};
use motel_bookings::{By, Reservation, queries as bookings};
use motel_db::TenantTx;
use motel_kernel::NightAuditId;
use motel_tenancy::Property;

use super::charge::charge;
use super::findings::findings;
use super::house::House;
use super::schedule::{keep_schedule, set_next_due};
use super::snapshot::snapshot;
use crate::model::NightAuditRow;
use crate::rules::check_closable;
use crate::schema::audits;
use crate::{NightAudit, NightAuditError, NightAudited, Report, RolledNoShow, queries};

/// Closes the day a property works on and opens the next one: charges the nights of the guests in the house, notes who
/// did not come, releases holds that were over when it began, and takes the statistics. All of it or, when the
/// transaction is dropped, nothing. Audits of one property take turns; of two for one day the second finds it closed.
///
/// The nights are charged under the day that ends; who did not come is noted under the one that begins, so that it can
/// be undone in the morning.
///
/// # Errors
/// [`NightAuditError::AlreadyClosed`], [`NightAuditError::NotTheDay`], [`NightAuditError::NotBegun`].
pub async fn close_day(
    tx: &mut TenantTx,
    property: &Property,
    day: NaiveDate,
    by: &By,
    now: DateTime<Utc>,
) -> Result<NightAudit, NightAuditError> {
    let schedule = keep_schedule(tx, property, now).await?;
    check_open(tx, property, day, now).await?;
    let house = House::lock(tx, property, day, now).await?;
    let id = NightAuditId::new();
    let mut report = Report {
        findings: findings(&house, day),
        ..Report::default()
    };
    report.charged = charge(tx, &house, id, day).await?;
    let statistics = snapshot(tx, property, &house, day).await?;
    let next = advance_business_date(tx, property, day, now).await?;
    for stay in house.no_shows(day) {
        report
            .no_shows
            .push(roll(tx, property, &house, stay, by, now).await?);
    }
    let released = release_holds(tx, property, &house.holds_over(now), now).await?;
    report.holds_released = u32::try_from(released).map_err(NightAuditError::fault)?;
    let audit = NightAudit {
        id,
        property: property.id,
        business_date: day,
        closed_at: now,
        actor: by.actor,
        statistics,
        report,
    };
    keep(tx, &audit, next).await?;
    set_next_due(tx, property, schedule.at, next).await?;
    Ok(audit)
}

async fn check_open(
    tx: &mut TenantTx,
    property: &Property,
    day: NaiveDate,
    now: DateTime<Utc>,
) -> Result<(), NightAuditError> {
    if queries::find(tx, property.id, day).await?.is_some() {
        return Err(NightAuditError::AlreadyClosed(day));
    }
    let current = bookings::business_date(tx, property, now).await?;
    let today = now.with_timezone(&property.timezone).date_naive();
    check_closable(day, current, today)
}

async fn roll(
    tx: &mut TenantTx,
    property: &Property,
    house: &House,
    stay: &Reservation,
    by: &By,
    now: DateTime<Utc>,
) -> Result<RolledNoShow, NightAuditError> {
    let effect = mark_no_show(tx, property, stay.id, None, by, now).await?;
    let booking = house.booking(stay)?;
    Ok(RolledNoShow {
        booking_code: booking.code.clone(),
        reservation_id: stay.id,
        guest: booking.booker.name.to_string(),
        fee: effect.fee,
    })
}

async fn keep(
    tx: &mut TenantTx,
    audit: &NightAudit,
    next: NaiveDate,
) -> Result<(), NightAuditError> {
    let row = NightAuditRow::new(tx.tenant(), audit)?;
    diesel::insert_into(audits::table)
        .values(row)
        .execute(tx.conn())
        .await?;
    let event = NightAudited {
        night_audit_id: audit.id,
        property_id: audit.property,
        business_date: audit.business_date,
        next_business_date: next,
    };
    motel_jobs::publish(tx, &event).await?;
    Ok(())
}
