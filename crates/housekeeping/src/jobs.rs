//! What follows from a check-out, and what a new day brings.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use chrono::{NaiveDate, NaiveTime};
use motel_bookings::queries::{places_with, reservation};
use motel_bookings::{ReservationChanged, ReservationCheckedOut, ReservationStatus};
use motel_db::{Db, PlatformTx};
use motel_jobs::{Chore, Delivery, Handler, HandlerError, Worker};
use motel_kernel::{Clock, PropertyId, TenantId};
use motel_tenancy::PropertyClock;
use motel_tenancy::queries::{property, property_clocks};

use crate::HousekeepingError;
use crate::commands::{drop_departure_clean, keep_departure_clean, plan_day};
use crate::queries::places_with_open_tasks;

/// How often it is looked where a new day has begun.
const LOOK_EVERY: Duration = Duration::from_secs(30);

/// From when on a day is planned, on the wall clock of the property: guests of the night before have come by then.
const PLAN_FROM: Option<NaiveTime> = NaiveTime::from_hms_opt(6, 0, 0);

/// Has the unit of a guest who left cleaned.
pub struct CleanDepartures;

/// Takes the departure clean back with the check-out.
pub struct KeepGuestsIn;

/// Plans the day of each property once its morning has come.
pub struct PlanDays {
    clock: Arc<dyn Clock>,
    /// Which day was planned last by this process. Planning twice changes nothing, so a restart may forget it.
    planned: Mutex<HashMap<(TenantId, PropertyId), NaiveDate>>,
}

/// Adds this crate's subscribers and its chore to a worker.
#[must_use]
pub fn register(worker: Worker, clock: Arc<dyn Clock>) -> Worker {
    worker
        .on("housekeeping.departures", CleanDepartures)
        .on("housekeeping.returns", KeepGuestsIn)
        .every(
            LOOK_EVERY,
            "housekeeping.plan_days",
            PlanDays {
                clock,
                planned: Mutex::default(),
            },
        )
}

#[async_trait]
impl Handler<ReservationCheckedOut> for CleanDepartures {
    async fn handle(
        &self,
        db: &Db,
        delivery: &Delivery<ReservationCheckedOut>,
    ) -> Result<(), HandlerError> {
        let mut tx = db.tenant(delivery.tenant).await?;
        let stay = reservation(&mut tx, delivery.event.reservation_id).await?;
        // A check-out that was taken back meanwhile is none.
        let (Some(unit), Some(left_at), ReservationStatus::CheckedOut) =
            (delivery.event.unit, stay.checked_out_at, stay.status)
        else {
            return Ok(());
        };
        let place = property(&mut tx, stay.property).await?;
        let place = place.ok_or("the property of a stay is gone")?;
        let day = left_at.with_timezone(&place.timezone).date_naive();
        keep_departure_clean(&mut tx, &stay, unit, day, left_at).await?;
        tx.commit().await?;
        Ok(())
    }
}

#[async_trait]
impl Handler<ReservationChanged> for KeepGuestsIn {
    async fn handle(
        &self,
        db: &Db,
        delivery: &Delivery<ReservationChanged>,
    ) -> Result<(), HandlerError> {
        let mut tx = db.tenant(delivery.tenant).await?;
        let stay = reservation(&mut tx, delivery.event.reservation_id).await?;
        if stay.status == ReservationStatus::InHouse {
            drop_departure_clean(&mut tx, stay.id).await?;
            tx.commit().await?;
        }
        Ok(())
    }
}

#[async_trait]
impl Chore for PlanDays {
    async fn run(&self, db: &Db) -> Result<(), HandlerError> {
        let mut tx = db.platform("find where a new day has begun").await?;
        let busy = places_with_work(&mut tx).await?;
        let clocks = property_clocks(&mut tx).await?;
        drop(tx);
        for place in clocks {
            if !busy.contains(&(place.tenant, place.property)) {
                continue;
            }
            let Some(day) = self.unplanned(&place) else {
                continue;
            };
            match self.plan(db, &place, day).await {
                Ok(()) => self.note(&place, day),
                // One property's trouble must not keep the others from their day.
                Err(error) => tracing::error!(
                    tenant = %place.tenant, property = %place.property,
                    error = &error as &dyn std::error::Error,
                    "a day could not be planned; it is tried again"
                ),
            }
        }
        Ok(())
    }
}

/// Where a guest is in the house, or a task stands that nobody has begun: everywhere else a day needs no plan.
async fn places_with_work(
    tx: &mut PlatformTx,
) -> Result<HashSet<(TenantId, PropertyId)>, HousekeepingError> {
    let mut places: HashSet<_> = places_with(tx, ReservationStatus::InHouse)
        .await?
        .into_iter()
        .collect();
    places.extend(places_with_open_tasks(tx).await?);
    Ok(places)
}

impl PlanDays {
    /// The day to plan, if its morning has come and it is not planned yet.
    fn unplanned(&self, place: &PropertyClock) -> Option<NaiveDate> {
        let local = place.local_time(&*self.clock);
        let day = local.date();
        let known = self.planned.lock().unwrap_or_else(PoisonError::into_inner);
        let last = known.get(&(place.tenant, place.property));
        (Some(local.time()) >= PLAN_FROM && last != Some(&day)).then_some(day)
    }

    fn note(&self, place: &PropertyClock, day: NaiveDate) {
        let mut known = self.planned.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert((place.tenant, place.property), day);
    }

    async fn plan(
        &self,
        db: &Db,
        place: &PropertyClock,
        day: NaiveDate,
    ) -> Result<(), HousekeepingError> {
        let mut tx = db.tenant(place.tenant).await?;
        let Some(property) = property(&mut tx, place.property).await? else {
            return Ok(());
        };
        let now = property.now(&*self.clock);
        let planned = plan_day(&mut tx, &property, day, now).await?;
        tx.commit().await?;
        if !planned.made.is_empty() {
            tracing::info!(
                tenant = %place.tenant, property = %place.property, %day,
                tasks = planned.made.len(),
                "a day's cleaning is planned"
            );
        }
        Ok(())
    }
}
