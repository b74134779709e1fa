use diesel_async::RunQueryDsl;
use motel_db::PlatformTx;

use crate::schema::routes;
use crate::{PlansError, Route};

/// Says what a carrier takes; a known meter, carrier and prefix gets the new price.
///
/// # Errors
/// The database failed or refused what is out of bounds.
pub async fn put_route(tx: &mut PlatformTx, route: &Route) -> Result<(), PlansError> {
    diesel::insert_into(routes::table)
        .values(route)
        .on_conflict((routes::meter, routes::provider, routes::prefix))
        .do_update()
        .set(route)
        .execute(tx.conn())
        .await?;
    Ok(())
}
