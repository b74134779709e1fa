use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::PlatformTx;

use crate::schema::routes;
use crate::{Meter, PlansError, Route};

/// The cheapest way to a number: of each carrier the price for the longest prefix that fits, and of these the lowest; of two
/// equal ones the first by name. `number` is in E.164 without the plus, empty when it does not matter.
///
/// # Errors
/// The database failed.
pub async fn cheapest(
    tx: &mut PlatformTx,
    meter: Meter,
    number: &str,
) -> Result<Option<Route>, PlansError> {
    let fitting = fitting(tx, meter, number).await?;
    Ok(crate::rules::cheapest(fitting))
}

/// What a carrier takes for one unit to a number, in millionths of the currency; nothing when the table does not know it.
///
/// # Errors
/// The database failed.
pub async fn price_of(
    tx: &mut PlatformTx,
    meter: Meter,
    provider: &str,
    number: &str,
) -> Result<Option<i64>, PlansError> {
    let mut fitting = fitting(tx, meter, number).await?;
    fitting.retain(|route| route.provider == provider);
    Ok(crate::rules::cheapest(fitting).map(|route| route.price_micros))
}

async fn fitting(
    tx: &mut PlatformTx,
    meter: Meter,
    number: &str,
) -> Result<Vec<Route>, PlansError> {
    let prefixes: Vec<String> = (0..=number.chars().count().min(15))
        .map(|length| number.chars().take(length).collect())
        .collect();
    let found = routes::table
        .filter(routes::meter.eq(meter))
        .filter(routes::active)
        .filter(routes::prefix.eq_any(prefixes))
        .order((routes::provider, routes::prefix))
        .select(Route::as_select())
        .load(tx.conn())
        .await?;
    Ok(found)
}
