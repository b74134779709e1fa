use chrono::{DateTime, NaiveDate, Utc};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_inventory::UnitCondition;
use motel_inventory::schema::units;
use motel_kernel::{ReservationId, UnitId};
use motel_tenancy::Property;

use super::business_date;
use crate::rules::{Circumstances, LastEvent, UnitState};
use crate::schema::{reservation_events, reservations};
use crate::{BookingError, Reservation, ReservationEventKind};

/// What the rules have to know of a reservation at `now`.
pub async fn circumstances(
    tx: &mut TenantTx,
    property: &Property,
    stay: &Reservation,
    now: DateTime<Utc>,
) -> Result<Circumstances, BookingError> {
    Ok(Circumstances {
        now,
        business_date: business_date(tx, property, now).await?,
        last: last_event(tx, stay).await?,
        unit: match stay.unit {
            Some(unit) => unit_state(tx, stay, unit).await?,
            None => UnitState::Unassigned,
        },
    })
}

async fn last_event(
    tx: &mut TenantTx,
    stay: &Reservation,
) -> Result<Option<LastEvent>, BookingError> {
    let last: Option<(ReservationEventKind, NaiveDate)> = reservation_events::table
        .filter(reservation_events::tenant_id.eq(tx.tenant()))
        .filter(reservation_events::reservation_id.eq(stay.id))
        .order(reservation_events::seq.desc())
        .select((reservation_events::kind, reservation_events::business_date))
        .first(tx.conn())
        .await
        .optional()?;
    Ok(last.map(|(kind, business_date)| LastEvent {
        kind,
        business_date,
    }))
}

async fn unit_state(
    tx: &mut TenantTx,
    stay: &Reservation,
    unit: UnitId,
) -> Result<UnitState, BookingError> {
    // The word stands in the statement, so that the small index of guests in the house serves whatever plan is kept.
    let other: Option<ReservationId> = reservations::table
        .filter(reservations::tenant_id.eq(tx.tenant()))
        .filter(reservations::unit_id.eq(unit))
        .filter(sql::<Bool>("status = 'in_house'"))
        .filter(reservations::id.ne(stay.id))
        .select(reservations::id)
        .first(tx.conn())
        .await
        .optional()?;
    if other.is_some() {
        return Ok(UnitState::Occupied);
    }
    let condition: Option<UnitCondition> = units::table
        .filter(units::tenant_id.eq(tx.tenant()).and(units::id.eq(unit)))
        .select(units::condition)
        .first(tx.conn())
        .await
        .optional()?;
    Ok(match condition {
        Some(UnitCondition::Dirty) => UnitState::NotReady,
        Some(UnitCondition::Clean | UnitCondition::Inspected) => UnitState::Ready,
        None => UnitState::Unassigned,
    })
}
