use chrono::NaiveDate;
use diesel::prelude::*;
use motel_kernel::{BlackoutId, PropertyId, ServiceId, StationId};

use crate::schema::blackouts;

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
