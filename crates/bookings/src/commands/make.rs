use diesel::result::{DatabaseErrorKind, Error as SqlError};
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_guests::{Guest, GuestDetails};
use motel_kernel::{BookingCode, BookingId, QuoteId, ReservationId};

use super::claims;
use super::occasion::Occasion;
use super::placement::{Wanted, place};
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
}

/// Takes the nights, knows the guest, gives units, writes the booking.
pub(super) async fn make(
    tx: &mut TenantTx,
    occasion: &Occasion<'_>,
    order: Order<'_>,
) -> Result<Booking, BookingError> {
    let nights = order.stays.iter();
    let nights = nights.map(|stay| (stay.unit_group, stay.request.dates));
    claims::take(tx, nights.collect()).await?;
    let guest = motel_guests::commands::upsert(tx, order.guest).await?;
    let mut booking = insert_booking(tx, occasion, &order, guest).await?;
    for (stay, ordinal) in order.stays.into_iter().zip(1..) {
        let mut reservation = reservation(occasion, booking.id, ordinal, stay);
        reservation.unit = unit_for(tx, &reservation).await?;
        let kind = ReservationEventKind::Booked;
        record::insert(tx, occasion, std::slice::from_ref(&reservation), kind).await?;
        booking.reservations.push(reservation);
    }
    Ok(booking)
}

/// The unit for a stay that has none yet.
pub(super) async fn unit_for(
    tx: &mut TenantTx,
    stay: &Reservation,
) -> Result<Option<motel_kernel::UnitId>, BookingError> {
    let wanted = Wanted {
        reservation: stay.id,
        group: stay.unit_group,
        dates: stay.dates,
        prefer: stay.unit,
        fixed: false,
    };
    place(tx, &wanted).await
}

/// A confirmed reservation of a quoted stay, without a unit yet.
pub(super) fn reservation(
    occasion: &Occasion<'_>,
    booking: BookingId,
    ordinal: u16,
    stay: QuotedStay,
) -> Reservation {
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
        status: ReservationStatus::Confirmed,
        rate_plan: stay.rate_plan,
        promo: stay.request.promo,
        price: stay.price,
        terms: stay.terms,
        hold_expires_at: None,
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
    let booking = Booking {
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
    let row = NewBooking::of(tx.tenant(), &booking);
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
        other => Ok(other.map(|_| booking)?),
    }
}
