use chrono::Duration;
use diesel::prelude::*;
use motel_kernel::{Currency, PropertyId, ServiceId};
use serde::{Deserialize, Serialize};

use super::{AddOn, FeeRules, Hours, PriceBasis, SlotStarts, Travel};
use crate::AppointmentError;
use crate::schema::services;

/// A service as a tenant describes it: in a settings file, through the interface, and as it is shown. Amounts are minor
/// units of the property's currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "http", derive(utoipa::ToSchema))]
pub struct ServiceDetails {
    /// What it is booked by; unique within the property.
    #[cfg_attr(feature = "http", schema(pattern = "^[a-z0-9][a-z0-9_-]{0,63}$"))]
    pub code: String,
    /// What guests call it.
    #[cfg_attr(feature = "http", schema(min_length = 1, max_length = 120))]
    pub name: String,
    /// Sentences for guests.
    #[serde(default)]
    #[cfg_attr(feature = "http", schema(max_length = 2000))]
    pub description: String,
    /// How long the guests have it.
    #[cfg_attr(feature = "http", schema(minimum = 5, maximum = 1440))]
    pub duration_minutes: u32,
    /// Kept free before: the way there, setting up. It may lie outside all hours.
    #[serde(default)]
    #[cfg_attr(feature = "http", schema(minimum = 0, maximum = 720))]
    pub buffer_before_minutes: u32,
    /// Kept free after.
    #[serde(default)]
    #[cfg_attr(feature = "http", schema(minimum = 0, maximum = 720))]
    pub buffer_after_minutes: u32,
    /// When it may begin.
    pub starts: SlotStarts,
    /// When it is offered.
    #[cfg_attr(feature = "http", schema(min_items = 1, max_items = 21))]
    pub opening_hours: Vec<Hours>,
    /// What the price is for.
    #[cfg_attr(feature = "http", schema(value_type = String, pattern = "^(per_guest|per_session)$"))]
    pub price_basis: PriceBasis,
    /// The price.
    #[cfg_attr(feature = "http", schema(minimum = 0, maximum = 100_000_000))]
    pub price_minor: i64,
    /// Service and add-ons come to at least this; travel does not count.
    #[serde(default)]
    #[cfg_attr(feature = "http", schema(minimum = 0, maximum = 100_000_000))]
    pub minimum_spend_minor: i64,
    /// The fewest guests.
    #[cfg_attr(feature = "http", schema(minimum = 1, maximum = 10000))]
    pub min_guests: u32,
    /// The most.
    #[cfg_attr(feature = "http", schema(minimum = 1, maximum = 10000))]
    pub max_guests: u32,
    /// How many guests one station serves; a larger party takes as many stations as it needs. Absent: one always does.
    #[serde(default)]
    #[cfg_attr(feature = "http", schema(minimum = 1, maximum = 10000))]
    pub guests_per_station: Option<u32>,
    /// How long before it has to be booked.
    #[serde(default)]
    #[cfg_attr(feature = "http", schema(minimum = 0, maximum = 525_600))]
    pub lead_minutes: u32,
    /// How many days ahead it may be booked.
    #[cfg_attr(feature = "http", schema(minimum = 1, maximum = 730))]
    pub horizon_days: u32,
    /// Present where it is performed at the guest's place.
    #[serde(default)]
    pub travel: Option<Travel>,
    /// What reserves it, as a share of the total in hundredths of a percent.
    #[serde(default)]
    #[cfg_attr(feature = "http", schema(minimum = 0, maximum = 10000))]
    pub deposit_basis_points: u32,
    /// What calling off and not coming costs.
    #[serde(default)]
    pub fees: FeeRules,
    /// So many hours before, the guest is reminded.
    #[serde(default)]
    #[cfg_attr(feature = "http", schema(max_items = 10))]
    pub reminder_hours: Vec<u32>,
    /// What can be had with it.
    #[serde(default)]
    #[cfg_attr(feature = "http", schema(max_items = 100))]
    pub add_ons: Vec<AddOn>,
    /// Whether it can be booked.
    #[serde(default = "yes")]
    pub active: bool,
    /// Its place in lists.
    #[serde(default)]
    #[cfg_attr(feature = "http", schema(minimum = -32768, maximum = 32767))]
    pub sort: i16,
}

fn yes() -> bool {
    true
}

/// A service that is on the books.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// Which.
    pub id: ServiceId,
    /// Where.
    pub property: PropertyId,
    /// What every amount of it is in.
    pub currency: Currency,
    /// What it is.
    pub details: ServiceDetails,
    /// Grows with every change.
    pub version: i32,
}

impl Service {
    /// How long the guests have it.
    pub fn duration(&self) -> Duration {
        Duration::minutes(self.details.duration_minutes.into())
    }

    /// How many stations a party of so many guests takes.
    pub fn stations_for(&self, guests: u32) -> u32 {
        self.details
            .guests_per_station
            .map_or(1, |each| guests.div_ceil(each.max(1)).max(1))
    }
}

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = services, treat_none_as_null = true)]
pub(crate) struct ServiceRow {
    pub(crate) id: ServiceId,
    property_id: PropertyId,
    code: String,
    name: String,
    description: String,
    duration_minutes: i32,
    buffer_before_minutes: i32,
    buffer_after_minutes: i32,
    starts: serde_json::Value,
    opening_hours: serde_json::Value,
    price_basis: PriceBasis,
    price_minor: i64,
    minimum_spend_minor: i64,
    currency: String,
    min_guests: i32,
    max_guests: i32,
    guests_per_station: Option<i32>,
    lead_minutes: i32,
    horizon_days: i32,
    travel: Option<serde_json::Value>,
    deposit_basis_points: i32,
    fees: serde_json::Value,
    reminder_hours: serde_json::Value,
    add_ons: serde_json::Value,
    active: bool,
    sort: i16,
    version: i32,
}

impl ServiceRow {
    pub(crate) fn of(service: Service) -> Result<Self, AppointmentError> {
        let details = service.details;
        let number = |value: u32| i32::try_from(value).map_err(AppointmentError::fault);
        Ok(Self {
            id: service.id,
            property_id: service.property,
            code: details.code,
            name: details.name,
            description: details.description,
            duration_minutes: number(details.duration_minutes)?,
            buffer_before_minutes: number(details.buffer_before_minutes)?,
            buffer_after_minutes: number(details.buffer_after_minutes)?,
            starts: json(&details.starts)?,
            opening_hours: json(&details.opening_hours)?,
            price_basis: details.price_basis,
            price_minor: details.price_minor,
            minimum_spend_minor: details.minimum_spend_minor,
            currency: service.currency.code().to_owned(),
            min_guests: number(details.min_guests)?,
            max_guests: number(details.max_guests)?,
            guests_per_station: details.guests_per_station.map(number).transpose()?,
            lead_minutes: number(details.lead_minutes)?,
            horizon_days: number(details.horizon_days)?,
            travel: details.travel.as_ref().map(json).transpose()?,
            deposit_basis_points: number(details.deposit_basis_points)?,
            fees: json(&details.fees)?,
            reminder_hours: json(&details.reminder_hours)?,
            add_ons: json(&details.add_ons)?,
            active: details.active,
            sort: details.sort,
            version: service.version,
        })
    }

    pub(crate) fn into_service(self) -> Result<Service, AppointmentError> {
        let number = |value: i32| u32::try_from(value).map_err(AppointmentError::fault);
        let details = ServiceDetails {
            code: self.code,
            name: self.name,
            description: self.description,
            duration_minutes: number(self.duration_minutes)?,
            buffer_before_minutes: number(self.buffer_before_minutes)?,
            buffer_after_minutes: number(self.buffer_after_minutes)?,
            starts: read(self.starts)?,
            opening_hours: read(self.opening_hours)?,
            price_basis: self.price_basis,
            price_minor: self.price_minor,
            minimum_spend_minor: self.minimum_spend_minor,
            min_guests: number(self.min_guests)?,
            max_guests: number(self.max_guests)?,
            guests_per_station: self.guests_per_station.map(number).transpose()?,
            lead_minutes: number(self.lead_minutes)?,
            horizon_days: number(self.horizon_days)?,
            travel: self.travel.map(read).transpose()?,
            deposit_basis_points: number(self.deposit_basis_points)?,
            fees: read(self.fees)?,
            reminder_hours: read(self.reminder_hours)?,
            add_ons: read(self.add_ons)?,
            active: self.active,
            sort: self.sort,
        };
        Ok(Service {
            id: self.id,
            property: self.property_id,
            currency: self.currency.parse().map_err(AppointmentError::fault)?,
            details,
            version: self.version,
        })
    }
}

pub(crate) fn json(value: &impl Serialize) -> Result<serde_json::Value, AppointmentError> {
    serde_json::to_value(value).map_err(AppointmentError::fault)
}

pub(crate) fn read<T: serde::de::DeserializeOwned>(
    value: serde_json::Value,
) -> Result<T, AppointmentError> {
    serde_json::from_value(value).map_err(AppointmentError::fault)
}
