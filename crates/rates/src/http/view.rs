use chrono::{DateTime, NaiveDate, Utc};
use motel_kernel::{Amount, MoneyError};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{Alternative, NightPrice, Offer, SearchRequest, SearchResult, Unavailable};

/// What can be sold. Amounts are exact decimal numbers in major units; totals have a twin in minor units.
#[derive(Debug, Serialize, ToSchema)]
pub struct Availability {
    /// True when there is at least one room type to book.
    pub available: bool,
    /// Day of arrival.
    pub check_in: NaiveDate,
    /// Day of departure.
    pub check_out: NaiveDate,
    /// How many nights lie between.
    pub nights: u32,
    /// The room types that can be booked.
    pub rooms: Vec<AvailableRoom>,
    /// Why there is none, in sentences for the guest; null when there is one.
    pub reason: Option<String>,
    /// Why each of the other room types cannot be booked.
    pub reasons: Vec<UnavailableRoom>,
    /// The nearest other dates with as many nights; looked for only when there is nothing on the dates asked for.
    pub alternatives: Vec<AlternativeDates>,
}

/// A room type that can be booked.
#[derive(Debug, Serialize, ToSchema)]
pub struct AvailableRoom {
    /// The room type's code, `standard_queen`.
    pub room_type: String,
    /// What it is called.
    pub name: String,
    /// How many are left on the scarcest of the nights.
    pub available_count: u32,
    /// The most people who can sleep in it.
    pub max_guests: i16,
    /// Each night with its price.
    pub nightly: Vec<AvailableNight>,
    /// The nights alone.
    #[schema(value_type = f64)]
    pub room_total: Amount,
    /// For the pets, over the whole stay.
    #[schema(value_type = f64)]
    pub pet_fee: Amount,
    /// On top of nights and pet fee.
    #[schema(value_type = f64)]
    pub tax: Amount,
    /// What the stay costs.
    #[schema(value_type = f64)]
    pub total: Amount,
    /// The same in minor units.
    pub total_minor: i64,
    /// ISO 4217.
    pub currency: String,
    /// Until when cancelling costs nothing.
    pub free_cancellation_until: DateTime<Utc>,
}

/// A night and its price.
#[derive(Debug, Serialize, ToSchema)]
pub struct AvailableNight {
    /// The night that begins on this day.
    pub date: NaiveDate,
    /// Its price, before tax that comes on top.
    #[schema(value_type = f64)]
    pub price: Amount,
    /// The same in minor units.
    pub price_minor: i64,
    /// The code of the rate plan that priced it.
    pub rate_plan: String,
}

/// A room type that cannot be booked, and why.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnavailableRoom {
    /// The room type's code.
    pub room_type: String,
    /// What it is called.
    pub name: String,
    /// A stable word: `sold_out`, `not_open`, `too_many_guests`, `too_many_adults`, `pets_not_allowed`,
    /// `too_many_pets`, `minimum_stay`, `maximum_stay`, `no_rate`.
    pub code: String,
    /// A sentence for the guest.
    pub message: String,
}

/// Other dates on which something can be booked.
#[derive(Debug, Serialize, ToSchema)]
pub struct AlternativeDates {
    /// Day of arrival.
    pub check_in: NaiveDate,
    /// Day of departure.
    pub check_out: NaiveDate,
    /// What can be booked then.
    pub rooms: Vec<AlternativeRoom>,
}

/// A room type that can be booked on other dates.
#[derive(Debug, Serialize, ToSchema)]
pub struct AlternativeRoom {
    /// The room type's code.
    pub room_type: String,
    /// What it is called.
    pub name: String,
    /// What the stay would cost.
    #[schema(value_type = f64)]
    pub total: Amount,
    /// The same in minor units.
    pub total_minor: i64,
    /// ISO 4217.
    pub currency: String,
}

impl Availability {
    pub(crate) fn new(
        request: &SearchRequest,
        result: &SearchResult,
        alternatives: &[Alternative],
    ) -> Result<Self, MoneyError> {
        let rooms = result.offers.iter().map(AvailableRoom::try_from);
        Ok(Self {
            available: !result.offers.is_empty(),
            check_in: request.stay.arrival(),
            check_out: request.stay.departure(),
            nights: request.stay.night_count(),
            rooms: rooms.collect::<Result<_, _>>()?,
            reason: result.why_nothing(),
            reasons: result
                .unavailable
                .iter()
                .map(UnavailableRoom::from)
                .collect(),
            alternatives: alternatives.iter().map(AlternativeDates::from).collect(),
        })
    }
}

impl TryFrom<&Offer> for AvailableRoom {
    type Error = MoneyError;

    fn try_from(offer: &Offer) -> Result<Self, MoneyError> {
        let (group, price) = (&offer.unit_group, &offer.price);
        Ok(Self {
            room_type: group.code.clone(),
            name: group.name.clone(),
            available_count: offer.available_count,
            max_guests: group.max_guests,
            nightly: price.nights.iter().map(AvailableNight::from).collect(),
            room_total: price.room_total()?.amount(),
            pet_fee: price.pet_fee.amount(),
            tax: price.tax.amount(),
            total: price.total.amount(),
            total_minor: price.total.minor(),
            currency: price.total.currency().to_string(),
            free_cancellation_until: offer.terms.free_cancellation_until,
        })
    }
}

impl From<&NightPrice> for AvailableNight {
    fn from(night: &NightPrice) -> Self {
        Self {
            date: night.date,
            price: night.price.amount(),
            price_minor: night.price.minor(),
            rate_plan: night.rate_plan.clone(),
        }
    }
}

impl From<&Unavailable> for UnavailableRoom {
    fn from(refused: &Unavailable) -> Self {
        Self {
            room_type: refused.unit_group.code.clone(),
            name: refused.unit_group.name.clone(),
            code: refused.reason.code().to_owned(),
            message: refused.reason.to_string(),
        }
    }
}

impl From<&Alternative> for AlternativeDates {
    fn from(alternative: &Alternative) -> Self {
        Self {
            check_in: alternative.stay.arrival(),
            check_out: alternative.stay.departure(),
            rooms: alternative
                .offers
                .iter()
                .map(AlternativeRoom::from)
                .collect(),
        }
    }
}

impl From<&Offer> for AlternativeRoom {
    fn from(offer: &Offer) -> Self {
        let total = offer.price.total;
        Self {
            room_type: offer.unit_group.code.clone(),
            name: offer.unit_group.name.clone(),
            total: total.amount(),
            total_minor: total.minor(),
            currency: total.currency().to_string(),
        }
    }
}
