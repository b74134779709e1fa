use motel_kernel::{Party, StayDates};
use motel_rates::SearchRequest;
use serde::{Deserialize, Serialize};

/// One unit's stay as it is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StayRequest {
    /// The nights.
    pub dates: StayDates,
    /// Who comes.
    pub party: Party,
    /// The room type's code, `standard_queen`.
    pub unit_group: String,
    /// The rate plan's code; the cheapest one otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate_plan: Option<String>,
    /// A promo code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promo: Option<String>,
    /// A package's code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub package: Option<String>,
    /// How old the children are, as far as they said.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub child_ages: Vec<u8>,
}

impl StayRequest {
    /// A stay at the cheapest price.
    pub fn new(dates: StayDates, party: Party, unit_group: impl Into<String>) -> Self {
        Self {
            dates,
            party,
            unit_group: unit_group.into(),
            rate_plan: None,
            promo: None,
            package: None,
            child_ages: Vec::new(),
        }
    }

    pub(crate) fn search(&self) -> SearchRequest {
        SearchRequest {
            unit_group: Some(self.unit_group.clone()),
            rate_plan: self.rate_plan.clone(),
            promo: self.promo.clone(),
            package: self.package.clone(),
            child_ages: self.child_ages.clone(),
            ..SearchRequest::new(self.dates, self.party)
        }
    }
}
