use std::str::FromStr;

use chrono::{DateTime, NaiveDate, Utc};
use motel_web::{FieldErrors, Input};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::queries::{BookingFilter, ReservationFilter};

/// Which bookings are wanted, as it comes in. Days are half-open: from the first on, until the second no more.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct RawBookingFilter {
    /// Where a reservation of it stands: `held`, `confirmed`, `in_house`, `checked_out`, `cancelled`, `no_show`, `expired`.
    status: Option<String>,
    /// A reservation of it arrives on this day or later.
    arrival_from: Option<NaiveDate>,
    /// A reservation of it arrives before this day.
    arrival_until: Option<NaiveDate>,
    /// Who booked.
    #[param(value_type = Option<Uuid>)]
    guest_id: Option<String>,
    /// Through which door: `web`, `api`, `chat`, `phone`, `desk`.
    source: Option<String>,
    /// Changed at this moment or later.
    updated_since: Option<DateTime<Utc>>,
}

/// Which reservations are wanted, as it comes in. Days are half-open: from the first on, until the second no more.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct RawReservationFilter {
    /// Where it stands: `held`, `confirmed`, `in_house`, `checked_out`, `cancelled`, `no_show`, `expired`.
    status: Option<String>,
    /// Of which room type.
    #[param(value_type = Option<Uuid>)]
    unit_group_id: Option<String>,
    /// In which room.
    #[param(value_type = Option<Uuid>)]
    unit_id: Option<String>,
    /// It arrives on this day or later.
    arrival_from: Option<NaiveDate>,
    /// It arrives before this day.
    arrival_until: Option<NaiveDate>,
    /// It departs on this day or later.
    departure_from: Option<NaiveDate>,
    /// It departs before this day.
    departure_until: Option<NaiveDate>,
    /// Changed at this moment or later.
    updated_since: Option<DateTime<Utc>>,
}

/// The same, parsed.
pub(crate) struct BookingsWanted(pub(super) BookingFilter);

/// The same, parsed.
pub(crate) struct ReservationsWanted(pub(super) ReservationFilter);

impl Input for BookingsWanted {
    type Raw = RawBookingFilter;

    fn parse(raw: RawBookingFilter) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let filter = BookingFilter {
            guest: optional(&mut errors, "guest_id", raw.guest_id),
            source: optional(&mut errors, "source", raw.source),
            updated_since: raw.updated_since,
            status: optional(&mut errors, "status", raw.status),
            arrival_from: raw.arrival_from,
            arrival_until: raw.arrival_until,
        };
        if errors.is_empty() {
            Ok(Self(filter))
        } else {
            Err(errors)
        }
    }
}

impl Input for ReservationsWanted {
    type Raw = RawReservationFilter;

    fn parse(raw: RawReservationFilter) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let filter = ReservationFilter {
            status: optional(&mut errors, "status", raw.status),
            unit_group: optional(&mut errors, "unit_group_id", raw.unit_group_id),
            unit: optional(&mut errors, "unit_id", raw.unit_id),
            arrival_from: raw.arrival_from,
            arrival_until: raw.arrival_until,
            departure_from: raw.departure_from,
            departure_until: raw.departure_until,
            updated_since: raw.updated_since,
        };
        if errors.is_empty() {
            Ok(Self(filter))
        } else {
            Err(errors)
        }
    }
}

fn optional<T: FromStr<Err: std::fmt::Display>>(
    errors: &mut FieldErrors,
    field: &'static str,
    given: Option<String>,
) -> Option<T> {
    given.and_then(|text| errors.check(field, text.parse::<T>()))
}
