use chrono::{DateTime, Utc};
use diesel::prelude::*;
use motel_kernel::{
    BookingCode, BookingId, Email, GuestId, Money, PersonName, Phone, PropertyId, QuoteId, TenantId,
};
use motel_rates::StayPrice;

use crate::schema::bookings;
use crate::{BookingError, Stay};

motel_db::text_enum! {
    /// Where a booking stands.
    pub enum BookingStatus {
        /// It will take place, and its nights are taken.
        Confirmed = "confirmed",
        /// It will not; its nights are free again.
        Cancelled = "cancelled",
    }
}

motel_db::text_enum! {
    /// Through which door a booking came.
    pub enum BookingSource {
        /// The guest page.
        Web = "web",
        /// The HTTP interface.
        Api = "api",
        /// The concierge in writing.
        Chat = "chat",
        /// The concierge on the telephone.
        Phone = "phone",
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

/// That a booking was cancelled, and what it cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cancellation {
    /// When.
    pub at: DateTime<Utc>,
    /// What the guest owes for it; zero while cancelling was free.
    pub fee: Money,
}

/// What one guest bought.
#[derive(Debug, Clone, PartialEq)]
pub struct Booking {
    /// The id.
    pub id: BookingId,
    /// What the guest quotes, `RM-7K3F9Q`.
    pub code: BookingCode,
    /// Where.
    pub property: PropertyId,
    /// The quote it honours.
    pub quote: QuoteId,
    /// Where it stands.
    pub status: BookingStatus,
    /// Through which door it came.
    pub source: BookingSource,
    /// Who booked.
    pub booker: Booker,
    /// The nights, the room and the party.
    pub stay: Stay,
    /// Every component of the price.
    pub price: StayPrice,
    /// Until when cancelling is free.
    pub free_until: DateTime<Utc>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// Present when it was cancelled.
    pub cancellation: Option<Cancellation>,
    /// Grows with every change.
    pub version: i32,
}

impl Booking {
    /// What the stay costs with fees and tax.
    pub fn total(&self) -> Money {
        self.price.total
    }
}

#[derive(Insertable)]
#[diesel(table_name = bookings)]
pub(crate) struct NewBooking<'a> {
    pub(crate) tenant_id: TenantId,
    pub(crate) id: BookingId,
    pub(crate) property_id: PropertyId,
    pub(crate) quote_id: QuoteId,
    pub(crate) guest_id: GuestId,
    pub(crate) booker_name: &'a PersonName,
    pub(crate) booker_email: &'a Email,
    pub(crate) booker_phone: Option<&'a Phone>,
    pub(crate) code: &'a BookingCode,
    pub(crate) status: BookingStatus,
    pub(crate) source: BookingSource,
    pub(crate) price: serde_json::Value,
    pub(crate) total_minor: i64,
    pub(crate) currency: &'a str,
    pub(crate) free_until: DateTime<Utc>,
    pub(crate) created_at: DateTime<Utc>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = bookings)]
pub(crate) struct BookingRow {
    pub(crate) id: BookingId,
    property_id: PropertyId,
    quote_id: QuoteId,
    guest_id: GuestId,
    booker_name: PersonName,
    booker_email: Email,
    booker_phone: Option<Phone>,
    code: BookingCode,
    status: BookingStatus,
    source: BookingSource,
    price: serde_json::Value,
    free_until: DateTime<Utc>,
    created_at: DateTime<Utc>,
    cancelled_at: Option<DateTime<Utc>>,
    cancellation_fee_minor: Option<i64>,
    version: i32,
}

impl BookingRow {
    pub(crate) fn into_booking(self, stay: Stay) -> Result<Booking, BookingError> {
        let price: StayPrice = serde_json::from_value(self.price).map_err(BookingError::fault)?;
        let currency = price.total.currency();
        let cancellation = self.cancelled_at.zip(self.cancellation_fee_minor);
        Ok(Booking {
            id: self.id,
            code: self.code,
            property: self.property_id,
            quote: self.quote_id,
            status: self.status,
            source: self.source,
            booker: Booker {
                guest: self.guest_id,
                name: self.booker_name,
                email: self.booker_email,
                phone: self.booker_phone,
            },
            stay,
            price,
            free_until: self.free_until,
            created_at: self.created_at,
            cancellation: cancellation.map(|(at, fee)| Cancellation {
                at,
                fee: Money::new(fee, currency),
            }),
            version: self.version,
        })
    }
}
