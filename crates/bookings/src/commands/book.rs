use chrono::{DateTime, Utc};
use motel_db::TenantTx;
use motel_guests::GuestDetails;
use motel_kernel::{Money, QuoteId};
use motel_tenancy::Property;

use super::idempotency::{Claim, claim, settle};
use super::reserve::{ReserveRequest, WantedStays, reserve};
use crate::{Booking, BookingError, BookingSource, By, IdempotencyKey, StayRequest, queries};

/// Everything that makes a booking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookRequest {
    /// The stays wanted, at least one.
    pub stays: Vec<StayRequest>,
    /// Who books.
    pub guest: GuestDetails,
    /// Through which door.
    pub source: BookingSource,
    /// The total the guest agreed to, when one was shown: another price is refused, not charged.
    pub agreed: Option<Money>,
}

/// A booking, and whether this request made it.
#[derive(Debug, Clone, PartialEq)]
pub struct Booked {
    /// The booking.
    pub booking: Booking,
    /// True when an earlier request with the same key had made it.
    pub replayed: bool,
}

/// Prices and books in one step. With a key, repeating the same request answers the same booking.
pub async fn book(
    tx: &mut TenantTx,
    property: &Property,
    request: &BookRequest,
    key: Option<&IdempotencyKey>,
    now: DateTime<Utc>,
) -> Result<Booked, BookingError> {
    let request = ReserveRequest {
        wanted: WantedStays::Priced(request.stays.clone()),
        guest: request.guest.clone(),
        source: request.source,
        agreed: request.agreed,
        hold: None,
    };
    reserve_once(tx, property, &request, key, now).await
}

/// Books at the price and on the terms of a standing quote.
///
/// # Errors
/// [`BookingError::QuoteExpired`] once its time is over, or when it was booked before.
pub async fn book_quote(
    tx: &mut TenantTx,
    property: &Property,
    quote: QuoteId,
    guest: &GuestDetails,
    source: BookingSource,
    key: Option<&IdempotencyKey>,
    now: DateTime<Utc>,
) -> Result<Booked, BookingError> {
    let request = ReserveRequest {
        wanted: WantedStays::Quoted(quote),
        guest: guest.clone(),
        source,
        agreed: None,
        hold: None,
    };
    reserve_once(tx, property, &request, key, now).await
}

/// [`reserve`] for guests: with a key, repeating the same request answers the same booking. Who books is told from the
/// door.
pub async fn reserve_once(
    tx: &mut TenantTx,
    property: &Property,
    request: &ReserveRequest,
    key: Option<&IdempotencyKey>,
    now: DateTime<Utc>,
) -> Result<Booked, BookingError> {
    if let Some(key) = key
        && let Claim::Answered(id) = claim(tx, key, request, now).await?
    {
        return Ok(Booked {
            booking: queries::find(tx, id).await?,
            replayed: true,
        });
    }
    let by = through(request.source);
    let booking = reserve(tx, property, request, &by, now).await?;
    if let Some(key) = key {
        settle(tx, key, booking.id).await?;
    }
    Ok(Booked {
        booking,
        replayed: false,
    })
}

/// Who stands at a door.
fn through(source: BookingSource) -> By {
    match source {
        BookingSource::Web | BookingSource::Api => By::guest(),
        BookingSource::Chat | BookingSource::Phone => By::concierge(),
        BookingSource::Desk => By::system(),
    }
}
