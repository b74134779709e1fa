use chrono::{DateTime, Duration, Utc};
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{Party, QuoteId, StayDates};
use motel_rates::SearchRequest;
use motel_tenancy::Property;

use crate::model::QuoteRow;
use crate::schema::quotes;
use crate::{BookingError, Quote};

/// How long a quote is honoured.
pub const QUOTE_STANDS: Duration = Duration::minutes(15);

/// What a price is wanted for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuoteRequest {
    /// The nights.
    pub dates: StayDates,
    /// Who comes.
    pub party: Party,
    /// The room type's code, `standard_queen`.
    pub unit_group: String,
}

/// Freezes the price of a stay for [`QUOTE_STANDS`]. It takes no room out of the sale: somebody else may book the last
/// one meanwhile.
pub async fn quote(
    tx: &mut TenantTx,
    property: &Property,
    request: &QuoteRequest,
    now: DateTime<Utc>,
) -> Result<Quote, BookingError> {
    let search = SearchRequest {
        unit_group: Some(request.unit_group.clone()),
        ..SearchRequest::new(request.dates, request.party)
    };
    let today = now.with_timezone(&property.timezone).date_naive();
    let found = motel_rates::queries::search(tx, property, &search, today).await?;
    let offer = match found.offers.into_iter().next() {
        Some(offer) => offer,
        None => return Err(why_not(found.unavailable, request)),
    };
    let quote = Quote {
        id: QuoteId::new(),
        property: property.id,
        unit_group: offer.unit_group.id,
        dates: request.dates,
        party: request.party,
        price: offer.price,
        expires_at: now + QUOTE_STANDS,
    };
    let row = QuoteRow::new(tx.tenant(), &quote, now)?;
    diesel::insert_into(quotes::table)
        .values(row)
        .execute(tx.conn())
        .await?;
    Ok(quote)
}

fn why_not(unavailable: Vec<motel_rates::Unavailable>, request: &QuoteRequest) -> BookingError {
    match unavailable.into_iter().next().map(|refused| refused.reason) {
        Some(motel_rates::Reason::SoldOut { night }) => BookingError::SoldOut { night },
        Some(reason) => BookingError::NotOffered {
            field: "room_type",
            code: reason.code(),
            reason: reason.to_string(),
        },
        None => BookingError::UnknownUnitGroup(format!(
            "there is no room type {:?}",
            request.unit_group
        )),
    }
}
