use actix_web::{get, web};
use chrono::{Months, NaiveDate};
use motel_db::Db;
use motel_kernel::{MAX_NIGHTS, StayDates};
use motel_tenancy::http::{CurrentClock, PublicTenant};
use motel_web::{FieldErrors, Input, Problem, ValidQuery};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::input::{RawWish, wish};
use super::params::WishParams;
use super::plan_view::PriceView;
use super::reason_view::ReasonView;
use crate::{CalendarDay, LowestStay, SearchRequest, queries};

/// The query of `GET /calendar` as it comes in.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct RawMonth {
    month: String,
    nights: String,
    #[serde(flatten)]
    wish: RawWish,
}

/// The same for the OpenAPI document.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "it describes; what is read is `RawMonth`")]
pub(crate) struct MonthParams {
    /// Which month: `2026-12`.
    #[param(pattern = "^20[0-9]{2}-(0[1-9]|1[0-2])$")]
    month: String,
    /// How many nights a stay has, 1 if left out.
    #[param(minimum = 1, maximum = 30)]
    nights: Option<u32>,
}

/// The same, parsed.
#[derive(Debug)]
pub(crate) struct MonthInput {
    month: StayDates,
    request: SearchRequest,
}

/// The most nights of the stays a calendar is about.
const MOST_NIGHTS: u32 = 30;

impl Input for MonthInput {
    type Raw = RawMonth;

    fn parse(raw: RawMonth) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let month = month(raw.month.trim()).ok_or("must be a month like 2026-12");
        let month = errors.check("month", month);
        let nights = match raw.nights.trim() {
            "" => Ok(1),
            text => text
                .parse()
                .ok()
                .filter(|nights| (1..=MOST_NIGHTS.min(MAX_NIGHTS)).contains(nights))
                .ok_or("must be a whole number from 1 to 30"),
        };
        let nights = errors.check("nights", nights);
        let wish = wish(&raw.wish, &mut errors);
        let parsed = (|| {
            let month = month?;
            let stay = StayDates::from_nights(month.arrival(), nights?).ok()?;
            let request = wish?.on(stay);
            Some(Self { month, request })
        })();
        parsed.filter(|_| errors.is_empty()).ok_or(errors)
    }
}

/// The days of a month of this century.
fn month(text: &str) -> Option<StayDates> {
    let first = NaiveDate::parse_from_str(&format!("{text}-01"), "%Y-%m-%d").ok()?;
    let well_formed = text.len() == 7 && text.starts_with("20");
    let next = first.checked_add_months(Months::new(1))?;
    StayDates::new(first, next).ok().filter(|_| well_formed)
}

/// What the days of a month offer.
#[derive(Debug, Serialize, ToSchema)]
pub struct MonthCalendar {
    /// The days from today on.
    days: Vec<CalendarDayView>,
}

/// What a day of arrival offers.
#[derive(Debug, Serialize, ToSchema)]
pub struct CalendarDayView {
    /// The day.
    date: NaiveDate,
    /// How many rooms are left on the night that begins on it, of all room types that take the party.
    left: u32,
    /// The cheapest stay that begins on that day; null when no stay can.
    #[schema(required)]
    lowest: Option<LowestStayView>,
    /// What stands in the way of a stay; null when one can begin.
    #[schema(required)]
    reason: Option<ReasonView>,
}

/// The cheapest stay that begins on a day.
#[derive(Debug, Serialize, ToSchema)]
pub struct LowestStayView {
    /// The code of its rate plan.
    rate_plan: String,
    /// How many nights: as many as asked for, or the fewest that a minimum allows.
    nights: u32,
    /// Its first night, before tax that comes on top.
    night: PriceView,
    /// The whole of it.
    total: PriceView,
}

/// The lowest price and what is left, for each day of a month as the day of arrival.
#[utoipa::path(
    tag = "availability",
    params(MonthParams, WishParams),
    responses(
        (status = 200, description = "Each day from today on", body = MonthCalendar),
        (status = 422, description = "A field is not right"),
    )
)]
#[get("/calendar")]
pub(crate) async fn calendar(
    place: PublicTenant,
    db: web::Data<Db>,
    clock: CurrentClock,
    ValidQuery(MonthInput { month, request }): ValidQuery<MonthInput>,
) -> Result<web::Json<MonthCalendar>, Problem> {
    let now = place.property.now(&*clock);
    let tx = db.tenant(place.tenant).await.map_err(Problem::internal)?;
    let days = queries::calendar(&tx, &place.property, month, &request, now).await?;
    tx.commit().await.map_err(Problem::internal)?;
    let days = days.into_iter().map(CalendarDayView::from).collect();
    Ok(web::Json(MonthCalendar { days }))
}

impl From<CalendarDay> for CalendarDayView {
    fn from(day: CalendarDay) -> Self {
        Self {
            date: day.date,
            left: day.left,
            lowest: day.lowest.map(LowestStayView::from),
            reason: day.reason.map(ReasonView::from),
        }
    }
}

impl From<LowestStay> for LowestStayView {
    fn from(stay: LowestStay) -> Self {
        Self {
            rate_plan: stay.rate_plan,
            nights: stay.nights,
            night: stay.night.into(),
            total: stay.total.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn a_month_has_its_days_and_anything_else_is_refused() {
        assert_eq!(month("2026-12").unwrap().night_count(), 31);
        assert_eq!(month("2028-02").unwrap().night_count(), 29);
        for wrong in [
            "",
            "2026",
            "2026-13",
            "2026-1",
            "12-2026",
            "1926-12",
            "2026-12-01",
        ] {
            assert_eq!(month(wrong), None, "{wrong}");
        }
    }
}
