use chrono::{DateTime, Utc};
use motel_db::TenantTx;
use motel_guests::GuestDetails;
use motel_kernel::{Money, QuoteId};
use motel_tenancy::Property;

use super::idempotency::{Claim, claim, settle};
use super::make::{Order, make};
use super::occasion::Occasion;
use super::pricing;
use crate::{
    Booking, BookingConfirmed, BookingError, BookingSource, By, IdempotencyKey, StayRequest,
    queries,
};

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
    if let Some(earlier) = earlier_answer(tx, key, request, now).await? {
        return Ok(earlier);
    }
    let mut stays = Vec::with_capacity(request.stays.len());
    for wanted in &request.stays {
        stays.push(pricing::price(tx, property, wanted, now).await?);
    }
    let price = pricing::total(property, &stays)?;
    if let Some(agreed) = request.agreed.filter(|agreed| *agreed != price) {
        return Err(BookingError::PriceChanged { agreed, now: price });
    }
    let order = Order {
        quote: None,
        stays,
        guest: &request.guest,
        source: request.source,
    };
    confirm(tx, property, order, key, now).await
}

/// Books at the price of a standing quote.
pub async fn book_quote(
    tx: &mut TenantTx,
    property: &Property,
    quote: QuoteId,
    guest: &GuestDetails,
    source: BookingSource,
    key: Option<&IdempotencyKey>,
    now: DateTime<Utc>,
) -> Result<Booked, BookingError> {
    if let Some(earlier) = earlier_answer(tx, key, &(quote, guest), now).await? {
        return Ok(earlier);
    }
    let quote = queries::standing_quote(tx, quote, now).await?;
    let order = Order {
        quote: Some(quote.id),
        stays: quote.stays,
        guest,
        source,
    };
    confirm(tx, property, order, key, now).await
}

async fn confirm(
    tx: &mut TenantTx,
    property: &Property,
    order: Order<'_>,
    key: Option<&IdempotencyKey>,
    now: DateTime<Utc>,
) -> Result<Booked, BookingError> {
    let by = through(order.source);
    let occasion = Occasion::of(tx, property, &by, now).await?;
    let booking = make(tx, &occasion, order).await?;
    if let Some(key) = key {
        settle(tx, key, booking.id).await?;
    }
    motel_jobs::publish(tx, &BookingConfirmed::from(&booking)).await?;
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

async fn earlier_answer(
    tx: &mut TenantTx,
    key: Option<&IdempotencyKey>,
    request: &impl std::fmt::Debug,
    now: DateTime<Utc>,
) -> Result<Option<Booked>, BookingError> {
    let Some(key) = key else { return Ok(None) };
    match claim(tx, key, request, now).await? {
        Claim::Fresh => Ok(None),
        Claim::Answered(id) => Ok(Some(Booked {
            booking: queries::find(tx, id).await?,
            replayed: true,
        })),
    }
}
