mod charges;
mod offer;
mod rate_plan;
mod rate_table;
mod reason;
mod search;
mod stay_price;
mod weekdays;

pub use charges::Charges;
pub use offer::{Offer, Terms};
pub use rate_plan::{Derivation, RatePlan, RatePlanDetails, RateTerms};
pub use rate_table::{GroupRate, RateTable};
pub use reason::Reason;
pub use search::{Alternative, SearchRequest, SearchResult, Unavailable};
pub use stay_price::{NightPrice, StayPrice};
pub use weekdays::Weekdays;
