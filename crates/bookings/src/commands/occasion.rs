use chrono::{DateTime, NaiveDate, Utc};
use motel_db::TenantTx;
use motel_tenancy::Property;

use crate::{BookingError, By, queries};

/// The circumstances of a change: where, on whose word, when.
#[derive(Clone, Copy)]
pub(crate) struct Occasion<'a> {
    pub(crate) property: &'a Property,
    pub(crate) by: &'a By,
    pub(crate) now: DateTime<Utc>,
    /// The day the property works on.
    pub(crate) today: NaiveDate,
}

impl<'a> Occasion<'a> {
    pub(crate) async fn of(
        tx: &TenantTx,
        property: &'a Property,
        by: &'a By,
        now: DateTime<Utc>,
    ) -> Result<Self, BookingError> {
        Ok(Self {
            property,
            by,
            now,
            today: queries::business_date(tx, property, now).await?,
        })
    }
}
