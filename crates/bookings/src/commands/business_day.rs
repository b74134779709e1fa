use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::query_dsl::methods::FilterDsl;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_tenancy::Property;

use crate::schema::business_dates;
use crate::{BookingError, queries};

/// Closes the day a property works on and opens the next one, which it answers; the night audit calls it last. `closing`
/// must be the day that is open, or any day up to today where none was ever closed. Of two that close the same one, the
/// second is refused.
///
/// # Errors
/// [`BookingError::Stale`].
pub async fn advance_business_date(
    tx: &mut TenantTx,
    property: &Property,
    closing: NaiveDate,
    now: DateTime<Utc>,
) -> Result<NaiveDate, BookingError> {
    let kept = queries::kept_business_date(tx, property).await?;
    let today = now.with_timezone(&property.timezone).date_naive();
    let open = kept.map_or(closing <= today, |kept| kept == closing);
    let next = closing.succ_opt().filter(|_| open);
    let next = next.ok_or(BookingError::Stale)?;
    let written = diesel::insert_into(business_dates::table)
        .values((
            business_dates::tenant_id.eq(tx.tenant()),
            business_dates::property_id.eq(property.id),
            business_dates::date.eq(next),
            business_dates::advanced_at.eq(now),
        ))
        .on_conflict((business_dates::tenant_id, business_dates::property_id))
        .do_update()
        .set((
            business_dates::date.eq(next),
            business_dates::advanced_at.eq(now),
        ))
        .filter(business_dates::date.eq(closing))
        .execute(tx.conn())
        .await?;
    match written {
        0 => Err(BookingError::Stale),
        _ => Ok(next),
    }
}
