use chrono::{NaiveDateTime, TimeDelta};
use chrono_tz::Tz;
use motel_kernel::{Clock, PropertyId, TenantId};

/// What time it is at a property, and nothing else about it: for work that goes round the house.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PropertyClock {
    /// Whose it is.
    pub tenant: TenantId,
    /// Which property.
    pub property: PropertyId,
    /// Whose calendar decides what "today" is.
    pub timezone: Tz,
    /// How far its clock is ahead of the machine's.
    pub offset: TimeDelta,
}

impl PropertyClock {
    /// What the clock on its wall shows.
    pub fn local_time(&self, clock: &dyn Clock) -> NaiveDateTime {
        (clock.now() + self.offset)
            .with_timezone(&self.timezone)
            .naive_local()
    }
}
