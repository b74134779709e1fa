use chrono::{DateTime, NaiveDate, Utc};
use motel_inventory::UnitGroup;
use motel_kernel::Amount;
use motel_rates::SoldPackage;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{Booking, Reservation, ReservationStatus};

/// A booking as its guest sees it. Amounts are exact decimal numbers in major units; each has a twin in minor units.
#[derive(Debug, Serialize, ToSchema)]
pub struct BookingView {
    /// What to quote, `RM-7K3F9Q`.
    pub code: String,
    /// `confirmed` or `cancelled`; also `held`, `in_house`, `checked_out`, `no_show`, `expired`.
    #[schema(value_type = String)]
    pub status: ReservationStatus,
    /// Day of arrival.
    pub check_in: NaiveDate,
    /// Day of departure.
    pub check_out: NaiveDate,
    /// How many nights lie between.
    pub nights: u32,
    /// The room type's code.
    pub room_type: String,
    /// What the room type is called.
    pub room_name: String,
    /// Grown-ups.
    pub adults: u8,
    /// Children.
    pub children: u8,
    /// Animals.
    pub pets: u8,
    /// Every room of the booking; the fields above and `nightly` are those of the first.
    pub rooms: Vec<BookedRoomView>,
    /// Who booked.
    pub guest: GuestView,
    /// The price of each night.
    pub nightly: Vec<NightView>,
    /// For the animals, over the whole stay.
    #[schema(value_type = f64)]
    pub pet_fee: Amount,
    /// On top of nights and fees.
    #[schema(value_type = f64)]
    pub tax: Amount,
    /// What the stay costs.
    #[schema(value_type = f64)]
    pub total: Amount,
    /// The same in minor units.
    pub total_minor: i64,
    /// ISO 4217.
    pub currency: String,
    /// Until when cancelling costs nothing.
    pub free_cancellation_until: Option<DateTime<Utc>>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// Present once it was cancelled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cancellation: Option<CancellationView>,
}

/// One room of a booking.
#[derive(Debug, Serialize, ToSchema)]
pub struct BookedRoomView {
    /// The room type's code.
    pub room_type: String,
    /// What the room type is called.
    pub room_name: String,
    /// Day of arrival.
    pub check_in: NaiveDate,
    /// Day of departure.
    pub check_out: NaiveDate,
    /// Grown-ups.
    pub adults: u8,
    /// Children.
    pub children: u8,
    /// Animals.
    pub pets: u8,
    /// Where it stands.
    #[schema(value_type = String)]
    pub status: ReservationStatus,
    /// The package it was sold with.
    #[schema(required)]
    pub package: Option<BookedPackageView>,
    /// What it costs with fees and taxes.
    #[schema(value_type = f64)]
    pub total: Amount,
    /// The same in minor units.
    pub total_minor: i64,
}

/// A package as it was agreed.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BookedPackage)]
pub struct BookedPackageView {
    /// The package's code.
    pub code: String,
    /// What it was called.
    pub name: String,
    /// What is in it.
    pub contents: Vec<String>,
}

/// Who booked.
#[derive(Debug, Serialize, ToSchema)]
pub struct GuestView {
    /// Full name.
    pub full_name: String,
    /// E-mail address.
    pub email: String,
    /// E.164, if given.
    pub phone: Option<String>,
}

/// One night and its price.
#[derive(Debug, Serialize, ToSchema)]
pub struct NightView {
    /// The night that begins on this day.
    pub date: NaiveDate,
    /// Its price without tax.
    #[schema(value_type = f64)]
    pub price: Amount,
    /// The same in minor units.
    pub price_minor: i64,
}

/// That a booking was cancelled.
#[derive(Debug, Serialize, ToSchema)]
pub struct CancellationView {
    /// When.
    pub at: DateTime<Utc>,
    /// What it cost.
    #[schema(value_type = f64)]
    pub fee: Amount,
    /// The same in minor units.
    pub fee_minor: i64,
}

impl From<&SoldPackage> for BookedPackageView {
    fn from(package: &SoldPackage) -> Self {
        Self {
            code: package.code.clone(),
            name: package.name.clone(),
            contents: package.contents.clone(),
        }
    }
}

impl BookedRoomView {
    fn new(stay: &Reservation, groups: &[UnitGroup]) -> Self {
        let group = groups.iter().find(|group| group.id == stay.unit_group);
        let (dates, party) = (stay.dates, stay.party);
        Self {
            room_type: group.map(|group| group.code.clone()).unwrap_or_default(),
            room_name: group.map(|group| group.name.clone()).unwrap_or_default(),
            check_in: dates.arrival(),
            check_out: dates.departure(),
            adults: party.adults(),
            children: party.children(),
            pets: party.pets(),
            status: stay.status,
            package: stay.price.package.as_ref().map(BookedPackageView::from),
            total: stay.total().amount(),
            total_minor: stay.total().minor(),
        }
    }
}

impl BookingView {
    /// The view of a booking; `groups` are the room types of its property.
    pub fn new(booking: &Booking, groups: &[UnitGroup]) -> Self {
        let first = booking.first();
        let room = BookedRoomView::new(first, groups);
        let (dates, party, price) = (first.dates, first.party, &first.price);
        Self {
            code: booking.code.to_string(),
            status: booking.status(),
            check_in: dates.arrival(),
            check_out: dates.departure(),
            nights: dates.night_count(),
            room_type: room.room_type,
            room_name: room.room_name,
            adults: party.adults(),
            children: party.children(),
            pets: party.pets(),
            rooms: booking
                .reservations
                .iter()
                .map(|stay| BookedRoomView::new(stay, groups))
                .collect(),
            guest: GuestView {
                full_name: booking.booker.name.to_string(),
                email: booking.booker.email.to_string(),
                phone: booking.booker.phone.as_ref().map(ToString::to_string),
            },
            nightly: price
                .nights
                .iter()
                .map(|night| NightView {
                    date: night.date,
                    price: night.price.amount(),
                    price_minor: night.price.minor(),
                })
                .collect(),
            pet_fee: price.pet_fee.amount(),
            tax: price.tax.amount(),
            total: booking.total().amount(),
            total_minor: booking.total().minor(),
            currency: price.total.currency().to_string(),
            free_cancellation_until: booking.free_until(),
            created_at: booking.created_at,
            cancellation: booking.cancellation().map(|cancelled| CancellationView {
                at: cancelled.at,
                fee: cancelled.fee.amount(),
                fee_minor: cancelled.fee.minor(),
            }),
        }
    }
}
