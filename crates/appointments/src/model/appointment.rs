use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use motel_kernel::{
    Actor, AppointmentId, BookingCode, Email, GuestId, Money, PersonName, Phone, PropertyId,
    ServiceId, StationId,
};
use serde::{Deserialize, Serialize};

use super::service::{json, read};
use super::{AppointmentPrice, Destination, Terms, WantedAddOn};
use crate::AppointmentError;
use crate::schema::appointments;

motel_db::text_enum! {
    /// Where an appointment stands.
    pub enum AppointmentStatus {
        /// Its place is kept until the hold runs out.
        Held = "held",
        /// It will take place.
        Booked = "booked",
        /// It took place.
        Completed = "completed",
        /// It was called off.
        Cancelled = "cancelled",
        /// The guest did not come.
        NoShow = "no_show",
        /// The hold ran out before it was confirmed.
        Expired = "expired",
    }
}

/// On whose word something is done, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct By {
    /// Who.
    pub actor: Actor,
    /// Why, in at most 500 characters.
    pub reason: Option<String>,
}

impl By {
    /// Somebody who gave no reason.
    pub fn actor(actor: Actor) -> Self {
        Self {
            actor,
            reason: None,
        }
    }
}

/// What is wanted of a service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wishes {
    /// How many come.
    pub guests: u32,
    /// Extras, each code once.
    #[serde(default)]
    pub add_ons: Vec<WantedAddOn>,
    /// Where, for a service that travels.
    #[serde(default)]
    pub destination: Option<Destination>,
    /// The code of the station that is asked for; any that is free without one.
    #[serde(default)]
    pub station: Option<String>,
}

impl Wishes {
    /// So many guests and nothing else.
    pub fn for_guests(guests: u32) -> Self {
        Self {
            guests,
            add_ons: Vec::new(),
            destination: None,
            station: None,
        }
    }
}

/// Who booked, as they called themselves then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booker {
    /// The guest's profile.
    pub guest: GuestId,
    /// Full name.
    pub name: PersonName,
    /// Where mails go; also the proof that an appointment is theirs.
    pub email: Email,
    /// A telephone number, if they gave one.
    pub phone: Option<Phone>,
}

/// One slot sold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appointment {
    /// The id.
    pub id: AppointmentId,
    /// What the guest quotes, `RM-7K3F9Q`.
    pub code: BookingCode,
    /// Where.
    pub property: PropertyId,
    /// What.
    pub service: ServiceId,
    /// Where it stands.
    pub status: AppointmentStatus,
    /// Who booked.
    pub booker: Booker,
    /// When it begins.
    pub starts_at: DateTime<Utc>,
    /// When it ends.
    pub ends_at: DateTime<Utc>,
    /// The day it begins on, on the property's calendar.
    pub local_day: NaiveDate,
    /// What is wanted.
    pub wishes: Wishes,
    /// The guest's own words; may be empty.
    pub notes: String,
    /// Every component of the price.
    pub price: AppointmentPrice,
    /// What calling off costs, and from when on.
    pub terms: Terms,
    /// Who performs it; empty once it was called off.
    pub stations: Vec<StationId>,
    /// Until when the place is kept, while it is only held.
    pub hold_expires_at: Option<DateTime<Utc>>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was called off.
    pub cancelled_at: Option<DateTime<Utc>>,
    /// What calling off or not coming cost.
    pub fee: Option<Money>,
    /// Grows with every change.
    pub version: i32,
}

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = appointments, treat_none_as_null = true)]
pub(crate) struct AppointmentRow {
    pub(crate) id: AppointmentId,
    property_id: PropertyId,
    service_id: ServiceId,
    guest_id: GuestId,
    booker_name: PersonName,
    booker_email: Email,
    booker_phone: Option<Phone>,
    code: BookingCode,
    status: AppointmentStatus,
    starts_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    local_day: NaiveDate,
    guests: i32,
    wishes: serde_json::Value,
    notes: String,
    price: serde_json::Value,
    total_minor: i64,
    currency: String,
    terms: serde_json::Value,
    hold_expires_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    cancelled_at: Option<DateTime<Utc>>,
    fee_minor: Option<i64>,
    version: i32,
}

impl AppointmentRow {
    pub(crate) fn of(of: &Appointment) -> Result<Self, AppointmentError> {
        Ok(Self {
            id: of.id,
            property_id: of.property,
            service_id: of.service,
            guest_id: of.booker.guest,
            booker_name: of.booker.name.clone(),
            booker_email: of.booker.email.clone(),
            booker_phone: of.booker.phone.clone(),
            code: of.code.clone(),
            status: of.status,
            starts_at: of.starts_at,
            ends_at: of.ends_at,
            local_day: of.local_day,
            guests: i32::try_from(of.wishes.guests).map_err(AppointmentError::fault)?,
            wishes: json(&of.wishes)?,
            notes: of.notes.clone(),
            price: json(&of.price)?,
            total_minor: of.price.total.minor(),
            currency: of.price.total.currency().code().to_owned(),
            terms: json(&of.terms)?,
            hold_expires_at: of.hold_expires_at,
            created_at: of.created_at,
            cancelled_at: of.cancelled_at,
            fee_minor: of.fee.map(Money::minor),
            version: of.version,
        })
    }

    pub(crate) fn into_appointment(
        self,
        stations: Vec<StationId>,
    ) -> Result<Appointment, AppointmentError> {
        let price: AppointmentPrice = read(self.price)?;
        let currency = price.total.currency();
        Ok(Appointment {
            id: self.id,
            code: self.code,
            property: self.property_id,
            service: self.service_id,
            status: self.status,
            booker: Booker {
                guest: self.guest_id,
                name: self.booker_name,
                email: self.booker_email,
                phone: self.booker_phone,
            },
            starts_at: self.starts_at,
            ends_at: self.ends_at,
            local_day: self.local_day,
            wishes: read(self.wishes)?,
            notes: self.notes,
            terms: read(self.terms)?,
            stations,
            hold_expires_at: self.hold_expires_at,
            created_at: self.created_at,
            cancelled_at: self.cancelled_at,
            fee: self.fee_minor.map(|minor| Money::new(minor, currency)),
            version: self.version,
            price,
        })
    }
}
