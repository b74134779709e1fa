use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::QuoteId;

use crate::model::QuoteRow;
use crate::schema::quotes;
use crate::{BookingError, Quote};

/// A quote, honoured still or not.
pub async fn quote(tx: &mut TenantTx, id: QuoteId) -> Result<Quote, BookingError> {
    let row: Option<QuoteRow> = quotes::table
        .filter(quotes::tenant_id.eq(tx.tenant()).and(quotes::id.eq(id)))
        .select(QuoteRow::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    row.ok_or(BookingError::NotFound)?.into_quote()
}

/// A quote that is still honoured at `now`.
pub async fn standing_quote(
    tx: &mut TenantTx,
    id: QuoteId,
    now: DateTime<Utc>,
) -> Result<Quote, BookingError> {
    match quote(tx, id).await {
        Ok(quote) if quote.expires_at > now => Ok(quote),
        Ok(_) | Err(BookingError::NotFound) => Err(BookingError::UNKNOWN_QUOTE),
        Err(error) => Err(error),
    }
}
