use chrono::NaiveDate;
use diesel::prelude::{Queryable, Selectable};
use serde::Serialize;

use crate::schema::nightly_counters;

/// How one night of a unit group stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = nightly_counters, check_for_backend(diesel::pg::Pg))]
pub struct NightlyCounter {
    /// The night, by the date it begins on.
    pub night: NaiveDate,
    /// Units that may be sold.
    pub capacity: i32,
    /// Units that are sold; never more than `capacity`.
    pub sold: i32,
}

/// How many units of a group can still be sold for a night that is open for sale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct NightFree {
    /// The night, by the date it begins on.
    pub night: NaiveDate,
    /// Units left; 0 when it is sold out.
    pub free: u32,
}

impl NightlyCounter {
    /// Units that are left.
    pub fn free(self) -> u32 {
        u32::try_from(self.capacity - self.sold).unwrap_or(0)
    }
}

impl From<NightlyCounter> for NightFree {
    fn from(counter: NightlyCounter) -> Self {
        Self {
            night: counter.night,
            free: counter.free(),
        }
    }
}
