use chrono::{DateTime, NaiveDate, Utc};
use motel_kernel::{Amount, MoneyError};
use serde::Serialize;
use utoipa::ToSchema;

use super::alternatives_view::{AlternativeDates, AlternativeRoom, SplitStayView};
use super::plan_view::AvailablePlan;
use super::reason_view::{ReasonView, RefusedPlanView};
use crate::{Alternatives, NightPrice, Offer, SearchRequest, SearchResult, Unavailable};

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
    /// Nothing that was sold or changed before this moment is missing here; at most three seconds ago.
    pub as_of: DateTime<Utc>,
    /// The room types that can be booked.
    pub rooms: Vec<AvailableRoom>,
    /// Why there is none, in sentences for the guest; null when there is one.
    pub reason: Option<String>,
    /// Why each of the other room types cannot be booked.
    pub reasons: Vec<UnavailableRoom>,
    /// The nearest other dates with as many nights; like all that follows looked for only when there is nothing on the
    /// dates asked for.
    pub alternatives: Vec<AlternativeDates>,
    /// Longer stays, where a minimum stands in the way.
    pub longer_stays: Vec<AlternativeDates>,
    /// Other room types on the dates asked for, where one was named.
    pub other_room_types: Vec<AlternativeRoom>,
    /// Two stays with a change of rooms between them, the cheapest first.
    pub split_stays: Vec<SplitStayView>,
}

/// A room type that can be booked. Price and terms are those of the cheapest of its plans.
#[derive(Debug, Serialize, ToSchema)]
pub struct AvailableRoom {
    /// The room type's code, `standard_queen`.
    pub room_type: String,
    /// What it is called.
    pub name: String,
    /// How many are left on the scarcest of the nights.
    pub available_count: u32,
    /// How many of them can be sold like this.
    pub sellable_count: u32,
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
    /// On top of nights and fees.
    #[schema(value_type = f64)]
    pub tax: Amount,
    /// What the stay costs.
    #[schema(value_type = f64)]
    pub total: Amount,
    /// The same in minor units.
    pub total_minor: i64,
    /// ISO 4217.
    pub currency: String,
    /// Until when cancelling costs nothing; a moment that is over where it always costs something.
    #[schema(required)]
    pub free_cancellation_until: Option<DateTime<Utc>>,
    /// Every plan it can be booked under, the cheapest first.
    pub plans: Vec<AvailablePlan>,
    /// The plans it cannot be booked under, and why.
    pub refused_plans: Vec<RefusedPlanView>,
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
    /// A stable word for the first thing that stands in the way, such as `sold_out`, `not_open`, `too_many_guests`,
    /// `minimum_stay`, `closed_to_arrival`, `no_rate`.
    pub code: String,
    /// A sentence for the guest on it.
    pub message: String,
    /// How many are left on the scarcest of the nights, although they cannot be booked like this.
    pub available_count: u32,
    /// Everything that stands in the way: of the room type, or of the plan that comes nearest to being booked.
    pub reasons: Vec<ReasonView>,
    /// What stands in the way of each plan.
    pub refused_plans: Vec<RefusedPlanView>,
}

impl Availability {
    pub(crate) fn new(
        request: &SearchRequest,
        result: &SearchResult,
        others: &Alternatives,
        as_of: DateTime<Utc>,
    ) -> Result<Self, MoneyError> {
        let rooms = result.offers.iter().map(AvailableRoom::try_from);
        let dates = others.dates.iter().map(AlternativeDates::from);
        let longer = others.longer.iter().map(AlternativeDates::from);
        let groups = others.other_groups.iter().map(AlternativeRoom::from);
        Ok(Self {
            available: !result.offers.is_empty(),
            check_in: request.stay.arrival(),
            check_out: request.stay.departure(),
            nights: request.stay.night_count(),
            as_of,
            rooms: rooms.collect::<Result<_, _>>()?,
            reason: result.why_nothing(),
            reasons: result
                .unavailable
                .iter()
                .map(UnavailableRoom::from)
                .collect(),
            alternatives: dates.collect(),
            longer_stays: longer.collect(),
            other_room_types: groups.collect(),
            split_stays: others.split.iter().map(SplitStayView::from).collect(),
        })
    }
}

impl TryFrom<&Offer> for AvailableRoom {
    type Error = MoneyError;

    fn try_from(offer: &Offer) -> Result<Self, MoneyError> {
        let (group, price) = (&offer.unit_group, offer.price());
        Ok(Self {
            room_type: group.code.clone(),
            name: group.name.clone(),
            available_count: offer.available_count,
            sellable_count: offer.sellable_count,
            max_guests: group.max_guests,
            nightly: price.nights.iter().map(AvailableNight::from).collect(),
            room_total: price.room_total()?.amount(),
            pet_fee: price.pet_fee.amount(),
            tax: price.tax.amount(),
            total: price.total.amount(),
            total_minor: price.total.minor(),
            currency: price.total.currency().to_string(),
            free_cancellation_until: offer.terms().free_cancellation_until(),
            plans: offer.plans().map(AvailablePlan::from).collect(),
            refused_plans: offer.refused.iter().map(RefusedPlanView::from).collect(),
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
            available_count: refused.available_count,
            reasons: refused.reasons().map(ReasonView::from).collect(),
            refused_plans: refused.plans.iter().map(RefusedPlanView::from).collect(),
        }
    }
}
