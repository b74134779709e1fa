use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{Reason, RefusedPlan};

/// One thing that stands in the way of selling something.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReasonView {
    /// A stable word, such as `sold_out`, `minimum_stay`, `closed_to_arrival`, `too_many_guests`.
    code: &'static str,
    /// A sentence for the guest.
    message: String,
    /// The night or day that stands in the way.
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<NaiveDate>,
    /// What is needed, or the most there can be: nights, days ahead, people or pets.
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<u32>,
    /// What was asked for, in the same unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    asked: Option<u32>,
}

/// A rate plan that cannot be sold, and why.
#[derive(Debug, Serialize, ToSchema)]
pub struct RefusedPlanView {
    /// The plan's code.
    rate_plan: String,
    /// What it is called.
    name: String,
    /// Everything that stands in the way.
    reasons: Vec<ReasonView>,
}

impl From<Reason> for ReasonView {
    fn from(reason: Reason) -> Self {
        let (date, limit, asked) = facts(reason);
        Self {
            code: reason.code(),
            message: reason.to_string(),
            date,
            limit,
            asked,
        }
    }
}

fn facts(reason: Reason) -> (Option<NaiveDate>, Option<u32>, Option<u32>) {
    match reason {
        Reason::TooManyGuests { max } | Reason::TooManyAdults { max } => {
            (None, u32::try_from(max).ok(), None)
        }
        Reason::TooManyPets { max } => (None, Some(max.into()), None),
        Reason::NotOpen { night: date }
        | Reason::SoldOut { night: date }
        | Reason::NoRate { night: date }
        | Reason::Closed { night: date }
        | Reason::ClosedToArrival { date }
        | Reason::ClosedToDeparture { date } => (Some(date), None, None),
        Reason::MinimumStay {
            date,
            nights,
            asked,
        }
        | Reason::MaximumStay {
            date,
            nights,
            asked,
        }
        | Reason::MinimumStayThrough {
            night: date,
            nights,
            asked,
        }
        | Reason::MaximumStayThrough {
            night: date,
            nights,
            asked,
        } => (Some(date), Some(nights), Some(asked)),
        Reason::BookedTooLate { days, asked } | Reason::BookedTooEarly { days, asked } => {
            (None, Some(days), Some(asked))
        }
        Reason::PromoNotNow { from, .. }
        | Reason::PromoOtherDates { from, .. }
        | Reason::PackageNotNow { from, .. }
        | Reason::PackageOtherDates { from, .. } => (from, None, None),
        Reason::PetsNotAllowed
        | Reason::NotAccessible
        | Reason::PlanNotOnSale
        | Reason::PromoUnknown
        | Reason::PromoOtherPlan
        | Reason::PromoUsedUp
        | Reason::PackageUnknown
        | Reason::PackageOtherPlan => (None, None, None),
    }
}

impl From<&RefusedPlan> for RefusedPlanView {
    fn from(plan: &RefusedPlan) -> Self {
        Self {
            rate_plan: plan.code.clone(),
            name: plan.name.clone(),
            reasons: plan.reasons.iter().copied().map(ReasonView::from).collect(),
        }
    }
}
