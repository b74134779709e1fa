use chrono::{DateTime, Utc};
use diesel::prelude::*;
use motel_kernel::{
    BookingCode, BookingId, Email, GuestId, Money, PersonName, Phone, PropertyId, QuoteId, TenantId,
};

use super::Cancellation;
use crate::schema::bookings;
use crate::{Reservation, ReservationStatus};

motel_db::text_enum! {
    /// Through which door a booking came.
    pub enum BookingSource {
        /// The guest page.
        Web = "web",
        /// The HTTP interface for guests.
        Api = "api",
        /// The concierge in writing.
        Chat = "chat",
        /// The concierge on the telephone.
        Phone = "phone",
        /// The staff, or a program of theirs.
        Desk = "desk",
    }
}

/// Who booked, as they called themselves then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booker {
    /// The guest's profile.
    pub guest: GuestId,
    /// Full name.
    pub name: PersonName,
    /// Where the confirmation goes; also the proof that a booking is theirs.
    pub email: Email,
    /// A telephone number, if they gave one.
    pub phone: Option<Phone>,
}

/// What one payer bought: one or more reservations.
#[derive(Debug, Clone, PartialEq)]
pub struct Booking {
    /// The id.
    pub id: BookingId,
    /// What the guest quotes, `RM-7K3F9Q`.
    pub code: BookingCode,
    /// Where.
    pub property: PropertyId,
    /// The quote it honours, when it was made by one.
    pub quote: Option<QuoteId>,
    /// Through which door it came.
    pub source: BookingSource,
    /// Who booked, and pays.
    pub booker: Booker,
    /// The stays in their order, never none.
    pub reservations: Vec<Reservation>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it, or one of its reservations, was changed last.
    pub updated_at: DateTime<Utc>,
    /// Grows with every change of it or of one of its reservations.
    pub version: i32,
}

impl Booking {
    /// The first reservation; the only one of most bookings.
    #[expect(
        clippy::expect_used,
        reason = "a booking is read together with its reservations, and one without any is refused there"
    )]
    pub fn first(&self) -> &Reservation {
        self.reservations.first().expect("at least one reservation")
    }

    /// The reservations that stand: all of them when none does any more.
    pub fn standing(&self) -> impl Iterator<Item = &Reservation> {
        let some_stand = self.reservations.iter().any(|it| it.status.takes_nights());
        self.reservations
            .iter()
            .filter(move |it| !some_stand || it.status.takes_nights())
    }

    /// Where the booking as a whole stands: the liveliest state among its reservations. It is cancelled when nothing of
    /// it is left.
    pub fn status(&self) -> ReservationStatus {
        use ReservationStatus::{Cancelled, CheckedOut, Confirmed, Expired, Held, InHouse, NoShow};
        [InHouse, Confirmed, Held, CheckedOut, NoShow, Cancelled]
            .into_iter()
            .find(|status| self.reservations.iter().any(|it| it.status == *status))
            .unwrap_or(Expired)
    }

    /// What the reservations that stand cost together; of a booking that is all over, what they did cost.
    pub fn total(&self) -> Money {
        sum(self.first(), self.standing().map(Reservation::total))
    }

    /// What cancelling all that stands would cost at `now`.
    pub fn cancellation_fee(&self, now: DateTime<Utc>) -> Money {
        let fees = self.standing().map(|it| it.cancellation_fee(now));
        sum(self.first(), fees)
    }

    /// Present when the whole booking is cancelled: the last moment, and the fees of all its reservations.
    pub fn cancellation(&self) -> Option<Cancellation> {
        if self.status() != ReservationStatus::Cancelled {
            return None;
        }
        let ended = || self.reservations.iter().filter_map(|it| it.cancellation);
        Some(Cancellation {
            at: ended().map(|it| it.at).max()?,
            fee: sum(self.first(), ended().map(|it| it.fee)),
        })
    }

    /// Until when cancelling all of it is free.
    pub fn free_until(&self) -> Option<DateTime<Utc>> {
        self.standing()
            .filter_map(|it| it.terms.free_cancellation_until())
            .min()
    }
}

/// Every reservation of a booking is in the currency of its property.
fn sum(like: &Reservation, amounts: impl Iterator<Item = Money>) -> Money {
    let minor = amounts.fold(0_i64, |sum, amount| sum.saturating_add(amount.minor()));
    Money::new(minor, like.total().currency())
}

#[derive(Insertable)]
#[diesel(table_name = bookings)]
pub(crate) struct NewBooking<'a> {
    tenant_id: TenantId,
    id: BookingId,
    property_id: PropertyId,
    quote_id: Option<QuoteId>,
    guest_id: GuestId,
    booker_name: &'a PersonName,
    booker_email: &'a Email,
    booker_phone: Option<&'a Phone>,
    code: &'a BookingCode,
    source: BookingSource,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

impl<'a> NewBooking<'a> {
    pub(crate) fn of(tenant: TenantId, booking: &'a Booking) -> Self {
        Self {
            tenant_id: tenant,
            id: booking.id,
            property_id: booking.property,
            quote_id: booking.quote,
            guest_id: booking.booker.guest,
            booker_name: &booking.booker.name,
            booker_email: &booking.booker.email,
            booker_phone: booking.booker.phone.as_ref(),
            code: &booking.code,
            source: booking.source,
            created_at: booking.created_at,
            updated_at: booking.updated_at,
        }
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = bookings)]
pub(crate) struct BookingRow {
    pub(crate) id: BookingId,
    property_id: PropertyId,
    quote_id: Option<QuoteId>,
    guest_id: GuestId,
    booker_name: PersonName,
    booker_email: Email,
    booker_phone: Option<Phone>,
    code: BookingCode,
    source: BookingSource,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    version: i32,
}

impl BookingRow {
    /// The booking with its reservations, of which there must be one.
    pub(crate) fn into_booking(self, reservations: Vec<Reservation>) -> Booking {
        Booking {
            id: self.id,
            code: self.code,
            property: self.property_id,
            quote: self.quote_id,
            source: self.source,
            booker: Booker {
                guest: self.guest_id,
                name: self.booker_name,
                email: self.booker_email,
                phone: self.booker_phone,
            },
            reservations,
            created_at: self.created_at,
            updated_at: self.updated_at,
            version: self.version,
        }
    }
}
