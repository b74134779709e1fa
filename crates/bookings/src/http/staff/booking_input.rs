use chrono::{DateTime, Duration, Utc};
use motel_guests::GuestDetails;
use motel_kernel::{Currency, Email, Money, PersonName, Phone, QuoteId};
use motel_web::{FieldErrors, Input};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::stay_input::{RawStay, parse_stays};
use crate::commands::{HOLD_STANDS, HoldEnd, ReserveRequest, WantedStays};
use crate::{BookingSource, StayRequest};

/// A booking to be, as it comes in: by a quote or by stays, confirmed at once or held.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = StaffBookingInput)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawBooking {
    /// Books all stays of a quote at its price. Either this or `stays`.
    #[schema(value_type = Option<Uuid>)]
    quote_id: Option<String>,
    /// Books these at today's price, one for each unit.
    #[schema(max_items = 20)]
    #[serde(default)]
    stays: Vec<RawStay>,
    guest: RawGuest,
    /// The total that was agreed on, in minor units: another price is refused, not charged.
    #[schema(minimum = 0)]
    agreed_total_minor: Option<i64>,
    /// Takes the rooms off sale without confirming the booking.
    hold: Option<RawHold>,
}

/// Who books, and pays.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = StaffBookingGuest)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawGuest {
    #[schema(min_length = 1, max_length = 120)]
    name: String,
    #[schema(min_length = 3, max_length = 254)]
    email: String,
    /// With the country code unless it is a US one.
    #[schema(max_length = 40)]
    phone: Option<String>,
}

/// How long a hold stands: 15 minutes unless told. None outlives the day of arrival.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawHold {
    /// So many minutes from now on.
    #[schema(minimum = 1, maximum = 1440)]
    minutes: Option<i64>,
    /// Until this moment, by courtesy.
    until: Option<DateTime<Utc>>,
}

/// The same, parsed.
pub(crate) struct BookingInput {
    pub(super) raw: RawBooking,
    wanted: WantedStays,
    guest: GuestDetails,
    hold: Option<HoldEnd>,
}

impl BookingInput {
    pub(super) fn request(&self, currency: Currency) -> ReserveRequest {
        let agreed = self.raw.agreed_total_minor;
        ReserveRequest {
            wanted: self.wanted.clone(),
            guest: self.guest.clone(),
            source: BookingSource::Desk,
            agreed: agreed.map(|minor| Money::new(minor, currency)),
            hold: self.hold,
        }
    }
}

impl Input for BookingInput {
    type Raw = RawBooking;

    fn parse(raw: RawBooking) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let wanted = wanted(&raw, &mut errors);
        let guest = guest(&raw.guest, &mut errors);
        let hold = match &raw.hold {
            None => Some(None),
            Some(hold) => hold_end(hold, &mut errors).map(Some),
        };
        match (wanted, guest, hold) {
            (Some(wanted), Some(guest), Some(hold)) => Ok(Self {
                raw,
                wanted,
                guest,
                hold,
            }),
            _ => Err(errors),
        }
    }
}

fn wanted(raw: &RawBooking, errors: &mut FieldErrors) -> Option<WantedStays> {
    match (&raw.quote_id, raw.stays.as_slice()) {
        (Some(id), []) => errors
            .check("quote_id", id.parse::<QuoteId>())
            .map(WantedStays::Quoted),
        (None, stays) => {
            let stays: Option<Vec<StayRequest>> = parse_stays(stays, errors);
            stays.map(WantedStays::Priced)
        }
        (Some(_), _) => {
            errors.push("stays", "give either these or quote_id");
            None
        }
    }
}

fn guest(raw: &RawGuest, errors: &mut FieldErrors) -> Option<GuestDetails> {
    let name = errors.check("guest.name", PersonName::parse(&raw.name));
    let email = errors.check("guest.email", Email::parse(&raw.email));
    let given = raw.phone.as_deref().filter(|text| !text.trim().is_empty());
    let phone = match given {
        None => Some(None),
        Some(text) => errors.check("guest.phone", Phone::parse(text)).map(Some),
    };
    Some(GuestDetails {
        name: name?,
        email: email?,
        phone: phone?,
    })
}

fn hold_end(raw: &RawHold, errors: &mut FieldErrors) -> Option<HoldEnd> {
    match (raw.minutes, raw.until) {
        (None, None) => Some(HoldEnd::After(HOLD_STANDS)),
        (Some(minutes @ 1..=1_440), None) => Some(HoldEnd::After(Duration::minutes(minutes))),
        (None, Some(moment)) => Some(HoldEnd::At(moment)),
        (Some(_), None) => {
            errors.push("hold.minutes", "must lie between 1 and 1440");
            None
        }
        (Some(_), Some(_)) => {
            errors.push("hold.until", "give either this or minutes");
            None
        }
    }
}
