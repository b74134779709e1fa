use diesel::prelude::*;
use motel_kernel::{BookingId, Currency, FolioId};

use crate::BillingError;
use crate::schema::folios;

/// A booking's account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Folio {
    /// The id.
    pub id: FolioId,
    /// Whose account it is.
    pub booking: BookingId,
    /// The currency of every line of it.
    pub currency: Currency,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = folios)]
pub(crate) struct FolioRow {
    id: FolioId,
    booking_id: BookingId,
    currency: String,
}

impl TryFrom<FolioRow> for Folio {
    type Error = BillingError;

    fn try_from(row: FolioRow) -> Result<Self, BillingError> {
        let currency = row.currency.parse().map_err(BillingError::unreadable)?;
        Ok(Self {
            id: row.id,
            booking: row.booking_id,
            currency,
        })
    }
}
