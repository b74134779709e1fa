use chrono::NaiveDate;
use diesel::prelude::*;
use motel_kernel::{BookingId, Party, ReservationId, StayDates, TenantId, UnitGroupId, UnitId};

use crate::schema::reservations;
use crate::{BookingError, BookingStatus};

/// One unit's stay within a booking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stay {
    /// The reservation's id.
    pub reservation: ReservationId,
    /// The room type that was sold.
    pub unit_group: UnitGroupId,
    /// The room it was given; `None` while no single room is free for all its nights.
    pub unit: Option<UnitId>,
    /// The nights.
    pub dates: StayDates,
    /// Who comes.
    pub party: Party,
}

#[derive(Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = reservations, primary_key(tenant_id, id))]
pub(crate) struct StayRow {
    pub(crate) tenant_id: TenantId,
    pub(crate) id: ReservationId,
    pub(crate) booking_id: BookingId,
    pub(crate) unit_group_id: UnitGroupId,
    pub(crate) unit_id: Option<UnitId>,
    pub(crate) arrival: NaiveDate,
    pub(crate) departure: NaiveDate,
    pub(crate) adults: i16,
    pub(crate) children: i16,
    pub(crate) pets: i16,
    pub(crate) status: BookingStatus,
}

impl StayRow {
    pub(crate) fn into_stay(self) -> Result<Stay, BookingError> {
        let dates = StayDates::new(self.arrival, self.departure).map_err(BookingError::fault)?;
        let party = Party::new(self.adults.into(), self.children.into(), self.pets.into())
            .map_err(BookingError::fault)?;
        Ok(Stay {
            reservation: self.id,
            unit_group: self.unit_group_id,
            unit: self.unit_id,
            dates,
            party,
        })
    }
}
