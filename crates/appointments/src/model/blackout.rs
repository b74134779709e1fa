use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_derive_newtype::DieselNewType;
use motel_kernel::{PropertyId, ServiceId, StationId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::schema::blackouts;

/// Which blackout.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, DieselNewType,
)]
#[serde(transparent)]
pub struct BlackoutId(Uuid);

impl BlackoutId {
    pub(crate) fn fresh() -> Self {
        Self(Uuid::now_v7())
    }

    /// The bare UUID.
    pub fn as_uuid(self) -> Uuid {
        self.0
    }
}

impl From<Uuid> for BlackoutId {
    fn from(id: Uuid) -> Self {
        Self(id)
    }
}

/// Whole days on which nothing new is taken: by one service, by one station, or by the property.
///
/// What was booked before stays booked; calling it off is a person's decision.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = blackouts, check_for_backend(diesel::pg::Pg))]
pub struct Blackout {
    /// Which.
    pub id: BlackoutId,
    /// Where.
    #[diesel(column_name = property_id)]
    pub property: PropertyId,
    /// Only this service.
    #[diesel(column_name = service_id)]
    pub service: Option<ServiceId>,
    /// Only this station.
    #[diesel(column_name = station_id)]
    pub station: Option<StationId>,
    /// The first day, on the property's calendar.
    pub first_day: NaiveDate,
    /// The last day, which belongs to it.
    pub last_day: NaiveDate,
    /// Why; may be empty. Guests see it.
    pub reason: String,
}

impl Blackout {
    pub(crate) fn touches(&self, first: NaiveDate, last: NaiveDate) -> bool {
        self.first_day <= last && first <= self.last_day
    }
}
