use actix_web::{get, web};
use chrono::{DateTime, Utc};
use motel_db::Db;
use motel_kernel::StayDates;
use motel_tenancy::http::{CurrentClock, PublicTenant};
use motel_web::{Problem, ValidQuery};

use super::input::SearchInput;
use super::params::{StayParams, WishParams};
use super::view::Availability;
use crate::queries::around;
use crate::{Alternatives, Calendar, CalendarError, Known, RatesError};

/// How many alternatives of each kind are named when there is nothing on the dates asked for.
const MOST_ALTERNATIVES: usize = 3;

/// What can be booked for some dates and people, at what price, and why not the rest. It may be answered from memory, as of a
/// moment that is told; booking asks the database.
#[utoipa::path(
    tag = "availability",
    params(StayParams, WishParams),
    responses(
        (status = 200, description = "What can be booked, and why not the rest", body = Availability),
        (status = 422, description = "A field is not right"),
    )
)]
#[get("/availability")]
pub(crate) async fn availability(
    place: PublicTenant,
    db: web::Data<Db>,
    clock: CurrentClock,
    calendar: Option<web::Data<Calendar>>,
    ValidQuery(SearchInput(request)): ValidQuery<SearchInput>,
) -> Result<web::Json<Availability>, Problem> {
    let now = place.property.now(&*clock);
    let calendar = calendar.map_or_else(Calendar::off, |calendar| Calendar::clone(&calendar));
    let asked = calendar.known(&db, &place, request.stay, now).await?;
    let result = asked.market.search(&request, now)?;
    let others = if result.offers.is_empty() {
        let wider = calendar
            .known(&db, &place, around(request.stay), now)
            .await?;
        wider
            .market
            .alternatives(&request, now, MOST_ALTERNATIVES)?
    } else {
        Alternatives::default()
    };
    let view =
        Availability::new(&request, &result, &others, asked.as_of).map_err(RatesError::from)?;
    Ok(web::Json(view))
}

impl Calendar {
    async fn known(
        &self,
        db: &Db,
        place: &PublicTenant,
        window: StayDates,
        now: DateTime<Utc>,
    ) -> Result<Known, Problem> {
        let today = now.with_timezone(&place.property.timezone).date_naive();
        let known = self.market(db, place.tenant, &place.property, window, today);
        Ok(known.await?)
    }
}

impl From<CalendarError> for Problem {
    fn from(error: CalendarError) -> Self {
        match error {
            CalendarError::Rates(error) => error.into(),
            other => Self::internal(other),
        }
    }
}
