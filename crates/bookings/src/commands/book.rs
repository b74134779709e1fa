use chrono::{DateTime, Utc};
use diesel::result::{DatabaseErrorKind, Error as SqlError};
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_guests::{Guest, GuestDetails};
use motel_kernel::{BookingCode, BookingId, Money, QuoteId, ReservationId};
use motel_rates::Terms;
use motel_tenancy::Property;

use super::assign_unit::first_free_unit;
use super::idempotency::{Claim, claim, settle};
use super::quote::{QuoteRequest, quote};
use crate::model::{NewBooking, StayRow};
use crate::schema::{bookings, reservations};
use crate::{
    Booking, BookingConfirmed, BookingError, BookingSource, BookingStatus, IdempotencyKey, Quote,
    queries,
};

/// Everything that makes a booking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookRequest {
    /// The nights, the party and the room type.
    pub wanted: QuoteRequest,
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
    let quote = quote(tx, property, &request.wanted, now).await?;
    if let Some(agreed) = request.agreed.filter(|agreed| *agreed != quote.price.total) {
        return Err(BookingError::PriceChanged {
            agreed,
            now: quote.price.total,
        });
    }
    make(
        tx,
        property,
        quote,
        &request.guest,
        request.source,
        key,
        now,
    )
    .await
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
    make(tx, property, quote, guest, source, key, now).await
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

async fn make(
    tx: &mut TenantTx,
    property: &Property,
    quote: Quote,
    guest: &GuestDetails,
    source: BookingSource,
    key: Option<&IdempotencyKey>,
    now: DateTime<Utc>,
) -> Result<Booked, BookingError> {
    motel_inventory::commands::take_nights(tx, quote.unit_group, quote.dates).await?;
    let guest = motel_guests::commands::upsert(tx, guest).await?;
    let id = insert_booking(tx, property, &quote, &guest, source, now).await?;
    insert_reservation(tx, id, &quote).await?;
    if let Some(key) = key {
        settle(tx, key, id).await?;
    }
    let booking = queries::find(tx, id).await?;
    motel_jobs::publish(tx, &BookingConfirmed::from(&booking)).await?;
    Ok(Booked {
        booking,
        replayed: false,
    })
}

async fn insert_booking(
    tx: &mut TenantTx,
    property: &Property,
    quote: &Quote,
    guest: &Guest,
    source: BookingSource,
    now: DateTime<Utc>,
) -> Result<BookingId, BookingError> {
    let id = BookingId::new();
    let code = BookingCode::random();
    let row = NewBooking {
        tenant_id: tx.tenant(),
        id,
        property_id: quote.property,
        quote_id: quote.id,
        guest_id: guest.id,
        booker_name: &guest.name,
        booker_email: &guest.email,
        booker_phone: guest.phone.as_ref(),
        code: &code,
        status: BookingStatus::Confirmed,
        source,
        price: serde_json::to_value(&quote.price).map_err(BookingError::fault)?,
        total_minor: quote.price.total.minor(),
        currency: quote.price.total.currency().code(),
        free_until: Terms::of(property, quote.dates).free_cancellation_until,
        created_at: now,
    };
    let inserted = diesel::insert_into(bookings::table)
        .values(row)
        .execute(tx.conn())
        .await;
    match inserted {
        Err(SqlError::DatabaseError(DatabaseErrorKind::UniqueViolation, ref info))
            if info.constraint_name() == Some("bookings_tenant_id_quote_id_key") =>
        {
            Err(BookingError::QuoteExpired)
        }
        other => Ok(other.map(|_| id)?),
    }
}

async fn insert_reservation(
    tx: &mut TenantTx,
    booking: BookingId,
    quote: &Quote,
) -> Result<(), BookingError> {
    let unit = first_free_unit(tx, quote.unit_group, quote.dates).await?;
    let row = StayRow {
        tenant_id: tx.tenant(),
        id: ReservationId::new(),
        booking_id: booking,
        unit_group_id: quote.unit_group,
        unit_id: unit,
        arrival: quote.dates.arrival(),
        departure: quote.dates.departure(),
        adults: quote.party.adults().into(),
        children: quote.party.children().into(),
        pets: quote.party.pets().into(),
        status: BookingStatus::Confirmed,
    };
    diesel::insert_into(reservations::table)
        .values(row)
        .execute(tx.conn())
        .await?;
    Ok(())
}
