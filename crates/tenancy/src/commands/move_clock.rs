use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::PropertyId;

use crate::schema::{properties, tenants};
use crate::{Property, TenancyError, queries};

/// The furthest a sandbox clock may be ahead of the machine's: a hundred years.
pub(crate) const FURTHEST: TimeDelta = TimeDelta::days(36_525);

/// Where to move a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClockMove {
    /// So much later than it shows now.
    Advance(TimeDelta),
    /// To a moment.
    To(DateTime<Utc>),
}

/// Moves the clock of a sandbox tenant's property; `machine_now` is what the machine's own clock shows. A clock only
/// goes forward: what was decided by it stays decided. A moment between two seconds is rounded up.
///
/// # Errors
/// [`TenancyError::NotASandbox`], [`TenancyError::ClockRefused`]; [`TenancyError::NoProperty`]; the database failed.
pub async fn move_clock(
    tx: &mut TenantTx,
    property: PropertyId,
    to: ClockMove,
    machine_now: DateTime<Utc>,
) -> Result<Property, TenancyError> {
    let tenant = tx.tenant();
    let sandbox: Option<bool> = tenants::table
        .find(tenant)
        .select(tenants::sandbox)
        .first(tx.conn())
        .await
        .optional()?;
    if sandbox != Some(true) {
        return Err(TenancyError::NotASandbox);
    }
    // Locked, so that of two moves the second starts from where the first one ended.
    let offset: i64 = properties::table
        .find((tenant, property))
        .select(properties::clock_offset_seconds)
        .for_update()
        .first(tx.conn())
        .await
        .optional()?
        .ok_or(TenancyError::NoProperty)?;
    let moved = moved(TimeDelta::seconds(offset), to, machine_now)?;
    diesel::update(properties::table.find((tenant, property)))
        .set(properties::clock_offset_seconds.eq(moved.num_seconds()))
        .execute(tx.conn())
        .await?;
    queries::property(tx, property)
        .await?
        .ok_or(TenancyError::NoProperty)
}

/// The new offset, in whole seconds.
fn moved(
    offset: TimeDelta,
    to: ClockMove,
    machine_now: DateTime<Utc>,
) -> Result<TimeDelta, TenancyError> {
    let wanted = match to {
        ClockMove::Advance(by) => offset.checked_add(&by),
        ClockMove::To(moment) => Some(rounded_up(moment - machine_now)),
    };
    wanted
        .filter(|wanted| (offset..=FURTHEST).contains(wanted))
        .ok_or(TenancyError::ClockRefused)
}

fn rounded_up(offset: TimeDelta) -> TimeDelta {
    let whole = TimeDelta::seconds(offset.num_seconds());
    if offset > whole {
        whole + TimeDelta::seconds(1)
    } else {
        whole
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn seconds(offset: i64) -> TimeDelta {
        TimeDelta::seconds(offset)
    }

    #[test]
    fn a_clock_goes_forward_and_not_for_ever() {
        let now: DateTime<Utc> = "2026-12-01T12:00:00.250Z".parse().unwrap();
        let go = |to| moved(seconds(60), to, now).ok();
        assert_eq!(go(ClockMove::Advance(seconds(30))), Some(seconds(90)));
        assert_eq!(go(ClockMove::Advance(seconds(-1))), None);
        assert_eq!(go(ClockMove::Advance(FURTHEST)), None);
        assert_eq!(go(ClockMove::Advance(TimeDelta::MAX)), None);
        let noon = |text: &str| ClockMove::To(text.parse().unwrap());
        assert_eq!(go(noon("2026-12-01T12:01:10Z")), Some(seconds(70)));
        assert_eq!(go(noon("2026-12-01T12:00:59Z")), None);
        assert_eq!(go(noon("2300-01-01T00:00:00Z")), None);
        assert_eq!(go(ClockMove::To(DateTime::<Utc>::MAX_UTC)), None);
        assert_eq!(go(ClockMove::To(DateTime::<Utc>::MIN_UTC)), None);
    }
}
