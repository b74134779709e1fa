//! Nights of unit groups: locked in one order, taken off sale and put back.

use chrono::NaiveDate;
use diesel::sql_types::{Array, Date, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use motel_db::{Standing, TenantTx};
use motel_kernel::{StayDates, UnitGroupId};

use crate::model::night_changes;
use crate::{BookingError, Reservation};

/// The nights of one stay in one unit group.
pub(crate) type Claim = (UnitGroupId, StayDates);

/// The counters of all these nights, group by group and night by night: whoever locks them so never waits in a circle.
const LOCK: &str = "
    SELECT counter.night FROM inventory.nightly_counters AS counter
    WHERE counter.tenant_id = $1 AND (counter.unit_group_id, counter.night) IN (
        SELECT wanted.unit_group, night::date
        FROM unnest($2, $3, $4) AS wanted (unit_group, arrival, departure)
        CROSS JOIN generate_series(wanted.arrival, wanted.departure - 1, interval '1 day') AS night)
    ORDER BY counter.unit_group_id, counter.night FOR UPDATE OF counter";

/// Locks the counters of all these nights until the transaction ends. Everything that a command will take or give back
/// is locked by one call, before any reservation is.
pub(crate) async fn lock(tx: &mut TenantTx, claims: &[Claim]) -> Result<(), BookingError> {
    let groups: Vec<UnitGroupId> = claims.iter().map(|(group, _)| *group).collect();
    let arrivals: Vec<NaiveDate> = claims.iter().map(|(_, dates)| dates.arrival()).collect();
    let departures: Vec<NaiveDate> = claims.iter().map(|(_, dates)| dates.departure()).collect();
    let tenant = tx.tenant();
    let locked = diesel::sql_query(LOCK)
        .bind::<SqlUuid, _>(tenant)
        .bind::<Array<SqlUuid>, _>(groups)
        .bind::<Array<Date>, _>(arrivals)
        .bind::<Array<Date>, _>(departures);
    Standing(locked).execute(tx.conn()).await?;
    Ok(())
}

/// Takes the nights of all these stays, or of none.
pub(crate) async fn take(tx: &mut TenantTx, mut claims: Vec<Claim>) -> Result<(), BookingError> {
    claims.sort_by_key(|(group, dates)| (*group, dates.arrival(), dates.departure()));
    for (group, dates) in claims {
        motel_inventory::commands::take_nights(tx, group, dates).await?;
    }
    Ok(())
}

/// Takes what `after` has beyond `before`, and gives back what it has not any more.
pub(crate) async fn follow(
    tx: &mut TenantTx,
    before: &Reservation,
    after: &Reservation,
) -> Result<(), BookingError> {
    let changes = night_changes(Some(before), after);
    let runs = |delta| {
        let nights = changes.iter().filter(move |change| change.delta == delta);
        runs(nights.map(|change| (change.unit_group, change.night)))
    };
    for (group, dates) in runs(-1) {
        motel_inventory::commands::give_back_nights(tx, group, dates).await?;
    }
    for (group, dates) in runs(1) {
        motel_inventory::commands::take_nights(tx, group, dates).await?;
    }
    Ok(())
}

/// Nights that follow each other, as stays.
fn runs(nights: impl Iterator<Item = (UnitGroupId, NaiveDate)>) -> Vec<Claim> {
    let mut runs: Vec<Claim> = Vec::new();
    for (group, night) in nights {
        let Some(next) = night.succ_opt() else {
            continue;
        };
        let longer = runs
            .last()
            .filter(|(of, dates)| *of == group && dates.departure() == night)
            .and_then(|(_, dates)| StayDates::new(dates.arrival(), next).ok());
        match (longer, StayDates::new(night, next)) {
            (Some(longer), _) => {
                runs.pop();
                runs.push((group, longer));
            }
            (None, Ok(one)) => runs.push((group, one)),
            (None, Err(_)) => {}
        }
    }
    runs
}
