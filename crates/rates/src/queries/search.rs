use chrono::{DateTime, Days, NaiveDate, Utc};
use motel_db::TenantTx;
use motel_kernel::StayDates;
use motel_tenancy::Property;

use super::market;
use crate::{
    Alternative, Alternatives, CalendarDay, RatesError, RoomCombination, RoomsRequest,
    SearchRequest, SearchResult,
};

/// How many nights before and after a stay are read to find something else.
const MARGIN: Days = Days::new(30);

/// What a property can sell for the dates and party of a request, with prices, and why it cannot sell the rest. `now` is
/// the moment at the property.
///
/// # Errors
/// [`RatesError::InPast`], [`RatesError::TooLong`], [`RatesError::UnknownUnitGroup`] and [`RatesError::UnknownRatePlan`]
/// refuse the request itself.
pub async fn search(
    tx: &TenantTx,
    property: &Property,
    request: &SearchRequest,
    now: DateTime<Utc>,
) -> Result<SearchResult, RatesError> {
    let market = market(tx, property, request.stay).await?;
    market.search(request, now)
}

/// At most `most` of each kind of alternative to a request that nothing fits: see
/// [`Market::alternatives`](crate::Market::alternatives). One read serves all of them.
///
/// # Errors
/// As for [`search`].
pub async fn alternatives(
    tx: &TenantTx,
    property: &Property,
    request: &SearchRequest,
    now: DateTime<Utc>,
    most: usize,
) -> Result<Alternatives, RatesError> {
    let market = market(tx, property, around(request.stay)).await?;
    market.alternatives(request, now, most)
}

/// The [other dates](crate::Market::other_dates) of [`alternatives`] alone.
///
/// # Errors
/// As for [`search`].
pub async fn other_dates(
    tx: &TenantTx,
    property: &Property,
    request: &SearchRequest,
    now: DateTime<Utc>,
    most: usize,
) -> Result<Vec<Alternative>, RatesError> {
    let market = market(tx, property, around(request.stay)).await?;
    market.other_dates(request, now, most)
}

/// What each day of `[from, until)` offers as a day of arrival: see [`Market::calendar`](crate::Market::calendar).
///
/// # Errors
/// As for [`search`].
pub async fn calendar(
    tx: &TenantTx,
    property: &Property,
    month: StayDates,
    request: &SearchRequest,
    now: DateTime<Utc>,
) -> Result<Vec<CalendarDay>, RatesError> {
    let market = market(tx, property, around(month)).await?;
    market.calendar(month.nights(), request, now)
}

/// At most `most` ways to take everybody in units of their own: see [`Market::rooms`](crate::Market::rooms).
///
/// # Errors
/// As for [`search`].
pub async fn rooms(
    tx: &TenantTx,
    property: &Property,
    request: &RoomsRequest,
    now: DateTime<Utc>,
    most: usize,
) -> Result<Vec<RoomCombination>, RatesError> {
    let market = market(tx, property, request.search.stay).await?;
    market.rooms(request, now, most)
}

/// The nights a month before and after some as well, as far as the calendar goes; of a stay of nearly a year only its own.
pub(crate) fn around(stay: StayDates) -> StayDates {
    let first = stay
        .arrival()
        .checked_sub_days(MARGIN)
        .unwrap_or(NaiveDate::MIN);
    let last = stay
        .departure()
        .checked_add_days(MARGIN)
        .unwrap_or(NaiveDate::MAX);
    StayDates::new(first, last).unwrap_or(stay)
}
