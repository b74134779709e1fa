use chrono::NaiveDate;
use motel_kernel::Amount;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{Alternative, Offer, PartialStay, SplitStay};

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

/// A room type that can be booked instead.
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

/// Two stays one after the other, with a change of rooms between them.
#[derive(Debug, Serialize, ToSchema)]
pub struct SplitStayView {
    /// The stay until the change.
    first: PartialStayView,
    /// The stay from then on.
    second: PartialStayView,
    /// What both cost together.
    #[schema(value_type = f64)]
    total: Amount,
    /// The same in minor units.
    total_minor: i64,
    /// ISO 4217.
    currency: &'static str,
}

/// One of two stays.
#[derive(Debug, Serialize, ToSchema)]
pub struct PartialStayView {
    /// Day of arrival.
    check_in: NaiveDate,
    /// Day of departure.
    check_out: NaiveDate,
    /// Where.
    #[serde(flatten)]
    room: AlternativeRoom,
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
        let total = offer.total();
        Self {
            room_type: offer.unit_group.code.clone(),
            name: offer.unit_group.name.clone(),
            total: total.amount(),
            total_minor: total.minor(),
            currency: total.currency().to_string(),
        }
    }
}

impl From<&SplitStay> for SplitStayView {
    fn from(split: &SplitStay) -> Self {
        Self {
            first: (&split.first).into(),
            second: (&split.second).into(),
            total: split.total.amount(),
            total_minor: split.total.minor(),
            currency: split.total.currency().code(),
        }
    }
}

impl From<&PartialStay> for PartialStayView {
    fn from(part: &PartialStay) -> Self {
        Self {
            check_in: part.stay.arrival(),
            check_out: part.stay.departure(),
            room: (&part.offer).into(),
        }
    }
}
