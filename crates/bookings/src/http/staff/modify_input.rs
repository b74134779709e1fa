use chrono::NaiveDate;
use motel_kernel::{Party, StayDates, UnitId};
use motel_web::{FieldErrors, Input, Problem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::stay_input::optional;
use crate::Reservation;
use crate::commands::Modification;

/// What is to be different, as it comes in; what is absent stays.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawModification {
    arrival: Option<NaiveDate>,
    departure: Option<NaiveDate>,
    /// Another room type, by its code.
    #[schema(min_length = 1, max_length = 64)]
    unit_group: Option<String>,
    /// Another rate plan, by its code.
    #[schema(min_length = 1, max_length = 64)]
    rate_plan: Option<String>,
    /// Another promo code; empty takes it away.
    #[schema(max_length = 64)]
    promo: Option<String>,
    /// Another package; empty takes it away.
    #[schema(max_length = 64)]
    package: Option<String>,
    #[schema(minimum = 1, maximum = 20)]
    adults: Option<i64>,
    #[schema(minimum = 0, maximum = 20)]
    children: Option<i64>,
    #[schema(minimum = 0, maximum = 20)]
    pets: Option<i64>,
    /// How old the children are.
    #[schema(max_items = 20)]
    child_ages: Option<Vec<u8>>,
    /// A room they would like: given, or the change is refused.
    #[schema(value_type = Option<Uuid>)]
    unit_id: Option<String>,
    /// In the words of who does it.
    #[schema(min_length = 1, max_length = 500)]
    reason: Option<String>,
}

/// The same, parsed as far as it does not depend on the reservation.
pub(crate) struct ModifyInput {
    pub(super) raw: RawModification,
    wish: Modification,
    pub(super) reason: Option<String>,
}

impl Input for ModifyInput {
    type Raw = RawModification;

    fn parse(raw: RawModification) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let unit_group = optional(&mut errors, "unit_group", raw.unit_group.as_deref());
        let rate_plan = optional(&mut errors, "rate_plan", raw.rate_plan.as_deref());
        let promo = other_code(&mut errors, "promo", raw.promo.as_deref());
        let package = other_code(&mut errors, "package", raw.package.as_deref());
        let unit = match &raw.unit_id {
            None => Some(None),
            Some(id) => errors.check("unit_id", id.parse::<UnitId>()).map(Some),
        };
        let reason = match &raw.reason {
            None => Some(None),
            Some(text) => errors.text("reason", text, 1..=500).map(Some),
        };
        let parsed = (unit_group, rate_plan, promo, package, unit, reason);
        let (
            Some(unit_group),
            Some(rate_plan),
            Some(promo),
            Some(package),
            Some(unit),
            Some(reason),
        ) = parsed
        else {
            return Err(errors);
        };
        let wish = Modification {
            unit_group,
            rate_plan,
            promo,
            package,
            unit,
            child_ages: raw.child_ages.clone(),
            ..Modification::default()
        };
        Ok(Self { raw, wish, reason })
    }
}

impl ModifyInput {
    /// What is to be different about `stay`: half of its dates or of its party may have been given.
    pub(super) fn modification(&self, stay: &Reservation) -> Result<Modification, Problem> {
        let mut errors = FieldErrors::new();
        let dates = self.dates(stay, &mut errors);
        let party = self.party(stay, &mut errors);
        let children = party.flatten().unwrap_or(stay.party).children();
        let ages = self.raw.child_ages.as_ref();
        if ages.is_some_and(|ages| ages.len() > usize::from(children)) {
            errors.push("child_ages", "there are more ages than children");
        }
        errors.into_result()?;
        Ok(Modification {
            dates: dates.flatten(),
            party: party.flatten(),
            ..self.wish.clone()
        })
    }

    fn dates(&self, stay: &Reservation, errors: &mut FieldErrors) -> Option<Option<StayDates>> {
        if self.raw.arrival.is_none() && self.raw.departure.is_none() {
            return Some(None);
        }
        let arrival = self.raw.arrival.unwrap_or(stay.dates.arrival());
        let departure = self.raw.departure.unwrap_or(stay.dates.departure());
        let dates = StayDates::new(arrival, departure);
        errors.check("departure", dates).map(Some)
    }

    fn party(&self, stay: &Reservation, errors: &mut FieldErrors) -> Option<Option<Party>> {
        let raw = &self.raw;
        if raw.adults.is_none() && raw.children.is_none() && raw.pets.is_none() {
            return Some(None);
        }
        let party = Party::new(
            raw.adults.unwrap_or(stay.party.adults().into()),
            raw.children.unwrap_or(stay.party.children().into()),
            raw.pets.unwrap_or(stay.party.pets().into()),
        );
        errors.check("adults", party).map(Some)
    }
}

/// `Some(None)` for a field that was not given, `Some(Some(None))` for an empty one, `None` for one that is wrong.
fn other_code(
    errors: &mut FieldErrors,
    field: &str,
    given: Option<&str>,
) -> Option<Option<Option<String>>> {
    match given.map(str::trim) {
        None => Some(None),
        Some("") => Some(Some(None)),
        Some(code) => errors
            .text(field, code, 1..=64)
            .map(|code| Some(Some(code))),
    }
}
