use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use motel_kernel::{
    BookingId, Money, Party, PropertyId, ReservationId, StayDates, TenantId, UnitGroupId, UnitId,
};
use motel_rates::StayPrice;

use super::Terms;
use crate::schema::reservations;
use crate::{BookingError, ReservationStatus};

/// One unit's stay within a booking.
#[derive(Debug, Clone, PartialEq)]
pub struct Reservation {
    /// The id.
    pub id: ReservationId,
    /// The booking it belongs to.
    pub booking: BookingId,
    /// Where.
    pub property: PropertyId,
    /// Its place in the booking, from 1 on.
    pub ordinal: u16,
    /// The room type that was sold.
    pub unit_group: UnitGroupId,
    /// The room it was given; `None` while no single room is free for all its nights.
    pub unit: Option<UnitId>,
    /// True when it may not be given another room to make space.
    pub pinned: bool,
    /// The nights.
    pub dates: StayDates,
    /// Who comes.
    pub party: Party,
    /// How old the children are, as far as they said.
    pub child_ages: Vec<u8>,
    /// Where it stands.
    pub status: ReservationStatus,
    /// The rate plan it was sold by.
    pub rate_plan: String,
    /// The promo code it was sold with.
    pub promo: Option<String>,
    /// Every component of the price.
    pub price: StayPrice,
    /// What was agreed about cancelling and not coming.
    pub terms: Terms,
    /// When the hold ends, or ended; `None` once confirmed.
    pub hold_expires_at: Option<DateTime<Utc>>,
    /// When the guest came.
    pub checked_in_at: Option<DateTime<Utc>>,
    /// When the guest left.
    pub checked_out_at: Option<DateTime<Utc>>,
    /// Present when it was cancelled or nobody came.
    pub cancellation: Option<Cancellation>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was changed last.
    pub updated_at: DateTime<Utc>,
    /// Grows by one with every change.
    pub version: i32,
}

/// That a reservation was cancelled or nobody came, and what it cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cancellation {
    /// When.
    pub at: DateTime<Utc>,
    /// What the guest owes for it; zero while it was free.
    pub fee: Money,
}

impl Reservation {
    /// What the stay costs with fees and taxes.
    pub fn total(&self) -> Money {
        self.price.total
    }

    /// The code of the package it was sold with.
    pub fn package_code(&self) -> Option<&str> {
        let package = self.price.package.as_ref();
        package.map(|package| package.code.as_str())
    }

    /// What cancelling it costs at `now` by the terms that were agreed; never more than the stay.
    pub fn cancellation_fee(&self, now: DateTime<Utc>) -> Money {
        at_most(self.terms.cancellation_fee(now), self.total())
    }

    /// What not coming costs by the terms that were agreed; never more than the stay.
    pub fn no_show_fee(&self) -> Money {
        at_most(self.terms.no_show_fee, self.total())
    }

    /// True for a hold whose time is over, whether or not it was cleared away yet.
    pub fn hold_is_over(&self, now: DateTime<Utc>) -> bool {
        self.status == ReservationStatus::Held && self.hold_expires_at.is_some_and(|end| end <= now)
    }
}

fn at_most(fee: Money, most: Money) -> Money {
    if fee.minor() > most.minor() {
        most
    } else {
        fee
    }
}

#[derive(Queryable, Selectable, Insertable, Identifiable, AsChangeset)]
#[diesel(table_name = reservations, primary_key(tenant_id, id), treat_none_as_null = true)]
pub(crate) struct ReservationRow {
    tenant_id: TenantId,
    id: ReservationId,
    pub(crate) booking_id: BookingId,
    property_id: PropertyId,
    ordinal: i16,
    unit_group_id: UnitGroupId,
    unit_id: Option<UnitId>,
    pinned: bool,
    arrival: NaiveDate,
    departure: NaiveDate,
    adults: i16,
    children: i16,
    pets: i16,
    child_ages: Vec<i16>,
    status: ReservationStatus,
    rate_plan: String,
    promo: Option<String>,
    price: serde_json::Value,
    total_minor: i64,
    currency: String,
    terms: serde_json::Value,
    hold_expires_at: Option<DateTime<Utc>>,
    checked_in_at: Option<DateTime<Utc>>,
    checked_out_at: Option<DateTime<Utc>>,
    ended_at: Option<DateTime<Utc>>,
    fee_minor: Option<i64>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    version: i32,
}

impl ReservationRow {
    pub(crate) fn new(tenant: TenantId, stay: &Reservation) -> Result<Self, BookingError> {
        Ok(Self {
            tenant_id: tenant,
            id: stay.id,
            booking_id: stay.booking,
            property_id: stay.property,
            ordinal: i16::try_from(stay.ordinal).map_err(BookingError::fault)?,
            unit_group_id: stay.unit_group,
            unit_id: stay.unit,
            pinned: stay.pinned,
            arrival: stay.dates.arrival(),
            departure: stay.dates.departure(),
            adults: stay.party.adults().into(),
            children: stay.party.children().into(),
            pets: stay.party.pets().into(),
            child_ages: stay.child_ages.iter().map(|age| i16::from(*age)).collect(),
            status: stay.status,
            rate_plan: stay.rate_plan.clone(),
            promo: stay.promo.clone(),
            price: serde_json::to_value(&stay.price).map_err(BookingError::fault)?,
            total_minor: stay.price.total.minor(),
            currency: stay.price.total.currency().code().to_owned(),
            terms: serde_json::to_value(&stay.terms).map_err(BookingError::fault)?,
            hold_expires_at: stay.hold_expires_at,
            checked_in_at: stay.checked_in_at,
            checked_out_at: stay.checked_out_at,
            ended_at: stay.cancellation.map(|ended| ended.at),
            fee_minor: stay.cancellation.map(|ended| ended.fee.minor()),
            created_at: stay.created_at,
            updated_at: stay.updated_at,
            version: stay.version,
        })
    }

    pub(crate) fn into_reservation(self) -> Result<Reservation, BookingError> {
        let price: StayPrice = serde_json::from_value(self.price).map_err(BookingError::fault)?;
        let currency = price.total.currency();
        let ages = self.child_ages.into_iter().map(u8::try_from);
        Ok(Reservation {
            id: self.id,
            booking: self.booking_id,
            property: self.property_id,
            ordinal: u16::try_from(self.ordinal).map_err(BookingError::fault)?,
            unit_group: self.unit_group_id,
            unit: self.unit_id,
            pinned: self.pinned,
            dates: StayDates::new(self.arrival, self.departure).map_err(BookingError::fault)?,
            party: Party::new(self.adults.into(), self.children.into(), self.pets.into())
                .map_err(BookingError::fault)?,
            child_ages: ages
                .collect::<Result<_, _>>()
                .map_err(BookingError::fault)?,
            status: self.status,
            rate_plan: self.rate_plan,
            promo: self.promo,
            price,
            terms: serde_json::from_value(self.terms).map_err(BookingError::fault)?,
            hold_expires_at: self.hold_expires_at,
            checked_in_at: self.checked_in_at,
            checked_out_at: self.checked_out_at,
            cancellation: self
                .ended_at
                .zip(self.fee_minor)
                .map(|(at, fee)| Cancellation {
                    at,
                    fee: Money::new(fee, currency),
                }),
            created_at: self.created_at,
            updated_at: self.updated_at,
            version: self.version,
        })
    }
}
