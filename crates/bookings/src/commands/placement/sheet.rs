use std::collections::HashMap;

use chrono::{Days, NaiveDate};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use futures::try_join;
use motel_db::TenantTx;
use motel_inventory::packing::{Claim, Closed, Place, TapeChart};
use motel_inventory::queries::{out_of_order, units_of};
use motel_kernel::{ReservationId, StayDates, UnitGroupId, UnitId};

use crate::model::ReservationRow;
use crate::schema::reservations;
use crate::{BookingError, Reservation, ReservationStatus};

/// How many nights around a stay are looked at to find the unit in which it leaves the fewest idle ones.
const AROUND: Days = Days::new(14);

/// A stay's id, arrival and departure, since when it has its unit if it changed it, and the unit.
type OnTheChart = (
    ReservationId,
    NaiveDate,
    NaiveDate,
    Option<NaiveDate>,
    Option<UnitId>,
);

/// The stays of a unit group as the packing wants them.
pub(super) struct Sheet {
    pub(super) chart: TapeChart,
    /// The stays behind the claims, where they were read whole.
    stays: HashMap<ReservationId, Reservation>,
}

impl Sheet {
    /// What lies on and around the nights of a stay: enough to find a free unit.
    pub(super) async fn around(
        tx: &mut TenantTx,
        group: UnitGroupId,
        dates: StayDates,
    ) -> Result<Self, BookingError> {
        let (chart, units) = units_and_closed(tx, group, dates.arrival()).await?;
        let mut sheet = Self {
            chart,
            stays: HashMap::new(),
        };
        let first = dates.arrival().checked_sub_days(AROUND);
        let last = dates.departure().checked_add_days(AROUND);
        let rows: Vec<OnTheChart> = reservations::table
            .filter(reservations::tenant_id.eq(tx.tenant()))
            .filter(reservations::unit_id.eq_any(units))
            .filter(reservations::status.eq_any(ReservationStatus::TAKING))
            .filter(reservations::departure.ge(first.unwrap_or(dates.arrival())))
            .filter(reservations::arrival.le(last.unwrap_or(dates.departure())))
            .select((
                reservations::id,
                reservations::arrival,
                reservations::departure,
                reservations::unit_since,
                reservations::unit_id,
            ))
            .load(tx.conn())
            .await?;
        for (id, arrival, departure, since, unit) in rows {
            let here = StayDates::new(since.unwrap_or(arrival).max(arrival), departure);
            if let (Some(unit), Ok(dates)) = (unit, here) {
                sheet.put(Claim {
                    key: id.as_uuid(),
                    dates,
                    place: Place::Fixed(unit),
                });
            }
        }
        Ok(sheet)
    }

    /// Everything that has a night from `first` on. What began before then stays where it is: its nights are not locked.
    pub(super) async fn whole(
        tx: &mut TenantTx,
        group: UnitGroupId,
        first: NaiveDate,
    ) -> Result<Self, BookingError> {
        let (chart, units) = units_and_closed(tx, group, first).await?;
        let mut sheet = Self {
            chart,
            stays: HashMap::new(),
        };
        let rows: Vec<(ReservationRow, Option<NaiveDate>)> = reservations::table
            .filter(reservations::tenant_id.eq(tx.tenant()))
            .filter(
                reservations::unit_group_id
                    .eq(group)
                    .or(reservations::unit_id.eq_any(units)),
            )
            .filter(reservations::status.eq_any(ReservationStatus::TAKING))
            .filter(reservations::departure.gt(first))
            .order(reservations::id)
            .select((ReservationRow::as_select(), reservations::unit_since))
            .load(tx.conn())
            .await?;
        for (row, since) in rows {
            let stay = row.into_reservation()?;
            sheet
                .chart
                .claims
                .extend(claim_of(&stay, since, group, first));
            sheet.stays.insert(stay.id, stay);
        }
        Ok(sheet)
    }

    /// A stay as it was read; there is none behind a claim that was added.
    pub(super) fn stay(&self, key: ReservationId) -> Option<&Reservation> {
        self.stays.get(&key)
    }

    /// Puts a claim on the sheet, in the place of the one it has there, if it has one.
    pub(super) fn put(&mut self, claim: Claim) {
        self.chart.claims.retain(|other| other.key != claim.key);
        self.chart.claims.push(claim);
    }

    /// Takes a stay off the sheet, so that it is not in its own way.
    pub(super) fn without(&mut self, id: ReservationId) {
        let key = id.as_uuid();
        self.chart.claims.retain(|other| other.key != key);
    }

    /// Whether a unit is free on all these nights.
    pub(super) fn is_free(&self, unit: UnitId, dates: StayDates) -> bool {
        let here = |claim: &Claim| {
            claim.place == Place::Fixed(unit) || claim.place == Place::Movable(unit)
        };
        let claims = self.chart.claims.iter().filter(|claim| here(claim));
        let closed = self.chart.closed.iter().filter(|it| it.unit == unit);
        let taken = claims.map(|it| it.dates).chain(closed.map(|it| it.dates));
        self.chart.units.contains(&unit) && !taken.into_iter().any(|it| it.overlaps(dates))
    }
}

/// Guests in the house or gone, pinned stays, stays that were sold as another group and those that have begun are fixed
/// for what remains of them. One without a unit that should have begun is left alone.
fn claim_of(
    stay: &Reservation,
    since: Option<NaiveDate>,
    group: UnitGroupId,
    first: NaiveDate,
) -> Option<Claim> {
    let to_come = matches!(
        stay.status,
        ReservationStatus::Held | ReservationStatus::Confirmed
    );
    let begun = stay.dates.arrival() < first;
    let movable = to_come && !begun && !stay.pinned && stay.unit_group == group;
    let place = match stay.unit {
        None if begun || stay.unit_group != group => return None,
        None => Place::Waiting,
        Some(unit) if movable => Place::Movable(unit),
        Some(unit) => Place::Fixed(unit),
    };
    let from = stay.dates.arrival().max(first);
    let from = since.map_or(from, |since| since.max(from));
    Some(Claim {
        key: stay.id.as_uuid(),
        dates: StayDates::new(from, stay.dates.departure()).ok()?,
        place,
    })
}

async fn units_and_closed(
    tx: &TenantTx,
    group: UnitGroupId,
    first: NaiveDate,
) -> Result<(TapeChart, Vec<UnitId>), BookingError> {
    let (units, blocks) = try_join!(units_of(tx, group), out_of_order(tx, group, first))?;
    let units: Vec<UnitId> = units.into_iter().map(|unit| unit.id).collect();
    let closed = blocks.into_iter().map(|block| Closed {
        unit: block.unit,
        dates: block.dates,
    });
    let chart = TapeChart {
        units: units.clone(),
        closed: closed.collect(),
        claims: Vec::new(),
    };
    Ok((chart, units))
}
