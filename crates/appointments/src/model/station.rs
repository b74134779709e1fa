use diesel::prelude::*;
use motel_kernel::{PropertyId, StationId};
use serde::{Deserialize, Serialize};

use super::Hours;
use super::service::{json, read};
use crate::AppointmentError;
use crate::schema::stations;

/// A station as a tenant describes it: somebody who performs services, or a place where they are performed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "http", derive(utoipa::ToSchema))]
pub struct StationDetails {
    /// What it is asked for by; unique within the property.
    #[cfg_attr(feature = "http", schema(pattern = "^[a-z0-9][a-z0-9_-]{0,63}$"))]
    pub code: String,
    /// What guests call it.
    #[cfg_attr(feature = "http", schema(min_length = 1, max_length = 120))]
    pub name: String,
    /// How many parties at a time.
    #[serde(default = "one")]
    #[cfg_attr(feature = "http", schema(minimum = 1, maximum = 100))]
    pub places: u32,
    /// When it works. A session lies inside one of these from its start to its end.
    #[cfg_attr(feature = "http", schema(min_items = 1, max_items = 21))]
    pub working_hours: Vec<Hours>,
    /// Codes of the services it can do.
    #[cfg_attr(feature = "http", schema(max_items = 200))]
    pub services: Vec<String>,
    /// Whether it takes new appointments.
    #[serde(default = "yes")]
    pub active: bool,
    /// Its place in lists; earlier ones are given work first.
    #[serde(default)]
    #[cfg_attr(feature = "http", schema(minimum = -32768, maximum = 32767))]
    pub sort: i16,
}

fn one() -> u32 {
    1
}

fn yes() -> bool {
    true
}

/// A station that is on the books.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Station {
    /// Which.
    pub id: StationId,
    /// Where.
    pub property: PropertyId,
    /// What it is. Its services stand in the order of their codes.
    pub details: StationDetails,
    /// Grows with every change.
    pub version: i32,
}

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = stations)]
pub(crate) struct StationRow {
    pub(crate) id: StationId,
    property_id: PropertyId,
    code: String,
    name: String,
    places: i32,
    working_hours: serde_json::Value,
    active: bool,
    sort: i16,
    version: i32,
}

impl StationRow {
    pub(crate) fn of(station: &Station) -> Result<Self, AppointmentError> {
        let details = &station.details;
        Ok(Self {
            id: station.id,
            property_id: station.property,
            code: details.code.clone(),
            name: details.name.clone(),
            places: i32::try_from(details.places).map_err(AppointmentError::fault)?,
            working_hours: json(&details.working_hours)?,
            active: details.active,
            sort: details.sort,
            version: station.version,
        })
    }

    pub(crate) fn into_station(self, services: Vec<String>) -> Result<Station, AppointmentError> {
        Ok(Station {
            id: self.id,
            property: self.property_id,
            details: StationDetails {
                code: self.code,
                name: self.name,
                places: u32::try_from(self.places).map_err(AppointmentError::fault)?,
                working_hours: read(self.working_hours)?,
                services,
                active: self.active,
                sort: self.sort,
            },
            version: self.version,
        })
    }
}
