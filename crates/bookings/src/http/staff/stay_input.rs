use chrono::NaiveDate;
use motel_kernel::{Party, StayDates};
use motel_web::FieldErrors;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::StayRequest;

/// One unit's stay as it is asked for.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawStay {
    arrival: NaiveDate,
    departure: NaiveDate,
    /// The room type's code.
    #[schema(min_length = 1, max_length = 64)]
    unit_group: String,
    #[schema(minimum = 1, maximum = 20)]
    adults: i64,
    #[serde(default)]
    #[schema(minimum = 0, maximum = 20)]
    children: i64,
    /// How old the children are, as far as they said; no more ages than children.
    #[serde(default)]
    #[schema(max_items = 20)]
    child_ages: Vec<u8>,
    #[serde(default)]
    #[schema(minimum = 0, maximum = 20)]
    pets: i64,
    /// The rate plan's code; the cheapest one otherwise.
    #[schema(min_length = 1, max_length = 64)]
    rate_plan: Option<String>,
    /// A promo code.
    #[schema(min_length = 1, max_length = 64)]
    promo: Option<String>,
    /// A package's code.
    #[schema(min_length = 1, max_length = 64)]
    package: Option<String>,
}

impl RawStay {
    /// The typed stay; what is wrong with it is noted under `field`.
    pub(super) fn parse(&self, field: &str, errors: &mut FieldErrors) -> Option<StayRequest> {
        let at = |name: &str| format!("{field}{name}");
        let dates = StayDates::new(self.arrival, self.departure);
        let dates = errors.check(&at("departure"), dates);
        let party = Party::new(self.adults, self.children, self.pets);
        let party = errors.check(&at("adults"), party);
        let group = errors.text(&at("unit_group"), &self.unit_group, 1..=64);
        let rate_plan = optional(errors, &at("rate_plan"), self.rate_plan.as_deref());
        let promo = optional(errors, &at("promo"), self.promo.as_deref());
        let package = optional(errors, &at("package"), self.package.as_deref());
        let ages = ages(errors, &at("child_ages"), &self.child_ages, party);
        Some(StayRequest {
            rate_plan: rate_plan?,
            promo: promo?,
            package: package?,
            child_ages: ages?,
            ..StayRequest::new(dates?, party?, group?)
        })
    }
}

/// At least one stay, each parsed; `None` when something was wrong with one.
pub(super) fn parse_stays(raw: &[RawStay], errors: &mut FieldErrors) -> Option<Vec<StayRequest>> {
    const MOST: usize = 20;
    if !(1..=MOST).contains(&raw.len()) {
        errors.push("stays", format_args!("give 1 to {MOST} stays"));
        return None;
    }
    let parsed: Vec<Option<StayRequest>> = raw
        .iter()
        .enumerate()
        .map(|(index, stay)| stay.parse(&format!("stays[{index}]."), errors))
        .collect();
    parsed.into_iter().collect()
}

/// `Some(None)` for a field that was not given, `None` for one that is wrong.
pub(super) fn optional(
    errors: &mut FieldErrors,
    field: &str,
    given: Option<&str>,
) -> Option<Option<String>> {
    match given {
        None => Some(None),
        Some(text) => errors.text(field, text, 1..=64).map(Some),
    }
}

fn ages(
    errors: &mut FieldErrors,
    field: &str,
    given: &[u8],
    party: Option<Party>,
) -> Option<Vec<u8>> {
    const OLDEST: u8 = 17;
    let children = party.map_or(usize::MAX, |party| party.children().into());
    if given.len() > children {
        errors.push(field, "there are more ages than children");
    } else if given.iter().any(|age| *age > OLDEST) {
        errors.push(field, format_args!("a child is at most {OLDEST}"));
    } else {
        return Some(given.to_vec());
    }
    None
}
