use chrono::NaiveDate;
use motel_db::TenantTx;
use motel_tenancy::Property;

use super::market::market;
use crate::{RatesError, SearchRequest, SearchResult};

/// The longest stay of a property that has no policy on it.
pub const USUAL_LONGEST_STAY: u32 = 30;

/// What a property can sell for the dates and party of a request, with prices, and why it cannot sell the rest.
/// `today` is the date at the property.
///
/// # Errors
/// [`RatesError::InPast`], [`RatesError::TooLong`] and [`RatesError::UnknownUnitGroup`] refuse the request itself.
pub async fn search(
    tx: &mut TenantTx,
    property: &Property,
    request: &SearchRequest,
    today: NaiveDate,
) -> Result<SearchResult, RatesError> {
    check(property, request, today)?;
    let market = market(tx, property, request, request.stay, today).await?;
    Ok(market.search(request.stay, request.party)?)
}

pub(crate) fn check(
    property: &Property,
    request: &SearchRequest,
    today: NaiveDate,
) -> Result<(), RatesError> {
    if request.stay.arrival() < today {
        return Err(RatesError::InPast { today });
    }
    let policy = property.policies.stay_length.as_ref();
    let longest = policy.map_or(USUAL_LONGEST_STAY, |policy| policy.maximum_nights);
    if request.stay.night_count() > longest {
        return Err(RatesError::TooLong { longest });
    }
    Ok(())
}
