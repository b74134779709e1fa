use chrono::{DateTime, Duration, Utc};
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::QuoteId;
use motel_tenancy::Property;

use super::pricing;
use crate::model::QuoteRow;
use crate::schema::quotes;
use crate::{BookingError, Quote, StayRequest};

/// How long a quote is honoured.
pub const QUOTE_STANDS: Duration = Duration::minutes(15);

/// Freezes the price and the terms of one or several stays for [`QUOTE_STANDS`]. It takes no room out of the sale:
/// somebody else may book the last one meanwhile.
pub async fn quote(
    tx: &mut TenantTx,
    property: &Property,
    requests: &[StayRequest],
    now: DateTime<Utc>,
) -> Result<Quote, BookingError> {
    let mut stays = Vec::with_capacity(requests.len());
    for request in requests {
        stays.push(pricing::price(tx, property, request, now).await?);
    }
    let quote = Quote {
        id: QuoteId::new(),
        property: property.id,
        total: pricing::total(property, &stays)?,
        stays,
        expires_at: now + QUOTE_STANDS,
    };
    let row = QuoteRow::new(tx.tenant(), &quote, now)?;
    diesel::insert_into(quotes::table)
        .values(row)
        .execute(tx.conn())
        .await?;
    Ok(quote)
}
