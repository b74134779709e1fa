use chrono::{DateTime, Utc};
use diesel::result::{DatabaseErrorKind, Error as SqlError};
use diesel_async::RunQueryDsl;
use motel_db::{Standing, TenantTx};
use motel_guests::{Guest, GuestDetails};
use motel_kernel::{BookingCode, BookingId, QuoteId, ReservationId};

use super::occasion::Occasion;
use super::placement::{self, Wanted};
use super::record;
use crate::model::NewBooking;
use crate::schema::bookings;
use crate::{
    Booker, Booking, BookingError, BookingSource, QuotedStay, Reservation, ReservationEventKind,
    ReservationStatus,
};

/// What is to be made into a booking.
pub(super) struct Order<'a> {
    /// The quote it honours.
    pub(super) quote: Option<QuoteId>,
    /// The stays at their prices, at least one.
    pub(super) stays: Vec<QuotedStay>,
    pub(super) guest: &'a GuestDetails,
    pub(super) source: BookingSource,
    /// When the hold ends; nothing when it is confirmed at once.
    pub(super) hold: Option<DateTime<Utc>>,
}

/// Takes the nights, gives units, knows the guest, writes the booking.
pub(super) async fn make(
    tx: &mut TenantTx,
    occasion: &Occasion<'_>,
    order: Order<'_>,
) -> Result<Booking, BookingError> {
    let ids: Vec<ReservationId> = order.stays.iter().map(|_| ReservationId::new()).collect();
    let wanted = order.stays.iter().zip(&ids);
    let wanted: Vec<Wanted> = wanted
        .map(|(stay, id)| Wanted {
            reservation: *id,
            group: stay.unit_group,
            dates: stay.request.dates,
            prefer: None,
            fixed: false,
        })
        .collect();
    let units = placement::take(tx, occasion, &wanted).await?;
    let guest = motel_guests::commands::upsert(tx, order.guest).await?;
    let mut booking = insert_booking(tx, occasion, &order, guest).await?;
    let kind = match order.hold {
        Some(_) => ReservationEventKind::Held,
        None => ReservationEventKind::Booked,
    };
    let given = ids.into_iter().zip(units);
    for ((stay, (id, unit)), ordinal) in order.stays.into_iter().zip(given).zip(1..) {
        let stay = Reservation {
            id,
            unit: Some(unit),
            ..reservation(occasion, booking.id, ordinal, stay, order.hold)
        };
        record::insert(tx, occasion, &stay, kind).await?;
        booking.reservations.push(stay);
    }
    Ok(booking)
}

/// Gives a new reservation its unit, and writes it. Its nights are taken already.
pub(super) async fn write(
    tx: &mut TenantTx,
    occasion: &Occasion<'_>,
    mut stay: Reservation,
    kind: ReservationEventKind,
) -> Result<Reservation, BookingError> {
    let wanted = Wanted {
        reservation: stay.id,
        group: stay.unit_group,
        dates: stay.dates,
        prefer: stay.unit,
        fixed: false,
    };
    stay.unit = placement::place(tx, occasion, &wanted).await?;
    record::insert(tx, occasion, &stay, kind).await?;
    Ok(stay)
}

/// A reservation of a quoted stay, without a unit yet.
pub(super) fn reservation(
    occasion: &Occasion<'_>,
    booking: BookingId,
    ordinal: u16,
    stay: QuotedStay,
    hold: Option<DateTime<Utc>>,
) -> Reservation {
    let status = match hold {
        Some(_) => ReservationStatus::Held,
        None => ReservationStatus::Confirmed,
    };
    Reservation {
        id: ReservationId::new(),
        booking,
        property: occasion.property.id,
        ordinal,
        unit_group: stay.unit_group,
        unit: None,
        pinned: false,
        dates: stay.request.dates,
        party: stay.request.party,
        child_ages: stay.request.child_ages,
        status,
        rate_plan: stay.rate_plan,
        promo: stay.request.promo,
        price: stay.price,
        terms: stay.terms,
        hold_expires_at: hold,
        checked_in_at: None,
        checked_out_at: None,
        cancellation: None,
        created_at: occasion.now,
        updated_at: occasion.now,
        version: 1,
    }
}

async fn insert_booking(
    tx: &mut TenantTx,
    occasion: &Occasion<'_>,
    order: &Order<'_>,
    guest: Guest,
) -> Result<Booking, BookingError> {
    let mut booking = Booking {
        id: BookingId::new(),
        code: BookingCode::random(),
        property: occasion.property.id,
        quote: order.quote,
        source: order.source,
        booker: Booker {
            guest: guest.id,
            name: guest.name,
            email: guest.email,
            phone: guest.phone,
        },
        reservations: Vec::new(),
        created_at: occasion.now,
        updated_at: occasion.now,
        version: 1,
    };
    while !insert_with_code(tx, &booking).await? {
        booking.code = BookingCode::random();
    }
    Ok(booking)
}

/// False when the business has a booking with that code.
async fn insert_with_code(tx: &mut TenantTx, booking: &Booking) -> Result<bool, BookingError> {
    let row = NewBooking::of(tx.tenant(), booking);
    let insert = diesel::insert_into(bookings::table)
        .values(row)
        .on_conflict((bookings::tenant_id, bookings::code))
        .do_nothing();
    match Standing(insert).execute(tx.conn()).await {
        Err(SqlError::DatabaseError(DatabaseErrorKind::UniqueViolation, ref info))
            if info.constraint_name() == Some("bookings_tenant_id_quote_id_key") =>
        {
            Err(BookingError::UNKNOWN_QUOTE)
        }
        written => Ok(written? == 1),
    }
}
