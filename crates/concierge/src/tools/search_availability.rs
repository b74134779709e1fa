use chrono::NaiveDate;
use motel_db::TenantTx;
use motel_kernel::{Party, StayDates};
use motel_rates::{Alternative, SearchRequest, SearchResult, queries};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Desk, Tool, ToolError};

/// Looks for rooms and their prices.
pub struct SearchAvailability;

/// When, for whom, and which room type if only one is wanted.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct SearchAvailabilityInput {
    /// Day of arrival and day of departure.
    #[serde(flatten)]
    #[schema(value_type = StayFields, inline)]
    pub stay: StayDates,
    /// Who comes.
    #[serde(flatten)]
    #[schema(value_type = PartyFields, inline)]
    pub party: Party,
    /// The code of the only room type wanted.
    #[serde(default)]
    pub room_type: Option<String>,
}

/// The fields of a stay, for the schema.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes how StayDates is written in JSON")]
pub(super) struct StayFields {
    check_in: NaiveDate,
    check_out: NaiveDate,
}

/// The fields of a party, for the schema.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes how Party is written in JSON")]
pub(super) struct PartyFields {
    adults: u8,
    #[schema(required = false)]
    children: u8,
    #[schema(required = false)]
    pets: u8,
}

/// Offers, and where there are none the nearest other dates.
#[derive(Debug, Clone)]
pub struct RoomsFound {
    /// What can be sold and why the rest cannot.
    pub result: SearchResult,
    /// Other dates within three days, when nothing can be sold.
    pub alternatives: Vec<Alternative>,
}

/// How many days earlier or later other dates are suggested.
const FARTHEST: i64 = 3;
const MOST_ALTERNATIVES: usize = 2;

impl Tool for SearchAvailability {
    type Input = SearchAvailabilityInput;
    type Output = RoomsFound;
    const NAME: &'static str = "search_availability";
    const DESCRIPTION: &'static str = "Finds the rooms that are free for a stay and a party, with the price of the whole \
        stay, or says why there are none and which nearby dates have some.";

    async fn run(
        tx: &mut TenantTx,
        desk: &Desk<'_>,
        input: Self::Input,
    ) -> Result<RoomsFound, ToolError> {
        let request = SearchRequest {
            unit_group: input.room_type,
            ..SearchRequest::new(input.stay, input.party)
        };
        let result = queries::search(tx, desk.property, &request, desk.now).await?;
        let alternatives = match result.offers.is_empty() {
            true => {
                queries::other_dates(tx, desk.property, &request, desk.now, MOST_ALTERNATIVES)
                    .await?
            }
            false => Vec::new(),
        };
        let near = |other: &Alternative| {
            (other.stay.arrival() - input.stay.arrival())
                .num_days()
                .abs()
                <= FARTHEST
        };
        Ok(RoomsFound {
            result,
            alternatives: alternatives.into_iter().filter(near).collect(),
        })
    }

    fn outcome(found: &RoomsFound) -> String {
        match found.result.offers.len() {
            0 => "none".to_owned(),
            count => format!("{count} offered"),
        }
    }
}
