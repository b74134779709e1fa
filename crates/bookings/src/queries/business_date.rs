use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_tenancy::Property;

use crate::BookingError;
use crate::schema::business_dates;

/// The day a property works on: the one the last night audit opened, or the date on its wall where none ever ran.
pub async fn business_date(
    tx: &TenantTx,
    property: &Property,
    now: DateTime<Utc>,
) -> Result<NaiveDate, BookingError> {
    let kept = kept_business_date(tx, property).await?;
    Ok(kept.unwrap_or_else(|| now.with_timezone(&property.timezone).date_naive()))
}

/// The day the last night audit opened; `None` where none ever ran.
pub async fn kept_business_date(
    tx: &TenantTx,
    property: &Property,
) -> Result<Option<NaiveDate>, BookingError> {
    let kept = business_dates::table
        .find((tx.tenant(), property.id))
        .select(business_dates::date)
        .first(&mut tx.reading())
        .await
        .optional()?;
    Ok(kept)
}
