use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_derive_newtype::DieselNewType;
use motel_kernel::{PersonName, StaffId};
use uuid::Uuid;

use crate::Reason;
use crate::schema::support_accesses;

/// For how long a business lets support in: 1 to 72 hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct SupportHours(u8);

impl SupportHours {
    const MOST: u8 = 72;

    /// As many hours; `None` for none and for more than 72.
    pub fn new(hours: u8) -> Option<Self> {
        (1..=Self::MOST).contains(&hours).then_some(Self(hours))
    }

    pub(super) fn get(self) -> i32 {
        i32::from(self.0)
    }
}

/// Which access.
#[derive(Debug, Clone, Copy, PartialEq, Eq, DieselNewType)]
pub struct SupportAccessId(Uuid);

impl SupportAccessId {
    pub(super) fn fresh() -> Self {
        Self(Uuid::now_v7())
    }
}

/// Support may come, until then.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = support_accesses, check_for_backend(diesel::pg::Pg))]
pub struct SupportAccess {
    pub(super) id: SupportAccessId,
    /// Who lets them in.
    pub opened_by: StaffId,
    /// Since when.
    pub opened_at: DateTime<Utc>,
    /// Until when.
    pub ends_at: DateTime<Utc>,
}

/// Somebody who wants to come.
#[derive(Debug, Clone)]
pub struct NewVisit {
    /// Who they are.
    pub visitor: PersonName,
    /// What for, for the business to read.
    pub reason: Reason,
}

/// Somebody of support came, or was about to.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct SupportVisit {
    /// As which member of the team: what they did is signed by it.
    pub staff_id: StaffId,
    /// What they are called among the team.
    pub visitor: String,
    /// What for.
    pub reason: Reason,
    /// When.
    pub visited_at: DateTime<Utc>,
    /// When they have to be out at the latest.
    pub ends_at: DateTime<Utc>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn support_stays_for_three_days_at_most() {
        let fits = |hours: u8| SupportHours::new(hours).is_some();
        assert_eq!([0, 1, 72, 73].map(fits), [false, true, true, false]);
    }
}
