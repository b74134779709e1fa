use actix_web::{get, web};
use motel_db::Db;
use motel_tenancy::http::{CurrentClock, PublicTenant};
use motel_web::{Problem, ValidQuery};

use super::input::SearchInput;
use super::view::Availability;
use crate::RatesError;
use crate::queries::{alternatives, search};

/// How many other dates are named when there is nothing on the dates asked for.
const MOST_ALTERNATIVES: usize = 3;

/// What can be booked for some dates and people, at what price, and why not the rest.
#[utoipa::path(
    tag = "availability",
    params(
        ("check_in" = chrono::NaiveDate, Query, description = "Day of arrival"),
        ("check_out" = chrono::NaiveDate, Query, description = "Day of departure"),
        ("adults" = Option<u8>, Query, description = "Grown-ups, 1 if left out"),
        ("children" = Option<u8>, Query, description = "Children"),
        ("pets" = Option<u8>, Query, description = "Animals"),
        ("room_type" = Option<String>, Query, description = "Only this room type, such as `standard_queen`"),
    ),
    responses(
        (status = 200, description = "What can be booked, and why not the rest", body = Availability),
        (status = 422, description = "A field is not right", content_type = "application/problem+json"),
    )
)]
#[get("/availability")]
pub(crate) async fn availability(
    place: PublicTenant,
    db: web::Data<Db>,
    clock: CurrentClock,
    ValidQuery(SearchInput(request)): ValidQuery<SearchInput>,
) -> Result<web::Json<Availability>, Problem> {
    let today = place.property.today(&*clock);
    let mut tx = db.tenant(place.tenant).await.map_err(Problem::internal)?;
    let result = search(&mut tx, &place.property, &request, today).await?;
    let others = if result.offers.is_empty() {
        alternatives(&mut tx, &place.property, &request, today, MOST_ALTERNATIVES).await?
    } else {
        Vec::new()
    };
    tx.commit().await.map_err(Problem::internal)?;
    let view = Availability::new(&request, &result, &others).map_err(RatesError::from)?;
    Ok(web::Json(view))
}
