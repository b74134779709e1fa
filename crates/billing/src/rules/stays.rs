use motel_bookings::{Booking, Reservation, ReservationStatus};

use super::settlement::{Penalty, Standing, StayAccount};

/// What a folio has to know of each stay of a booking.
pub(crate) fn stays(booking: &Booking) -> Vec<StayAccount> {
    let accounts = booking.reservations.iter().map(|stay| StayAccount {
        reservation: stay.id,
        standing: standing(stay),
        lines: stay.price.postings(),
    });
    accounts.collect()
}

fn standing(stay: &Reservation) -> Standing {
    let fee = stay.cancellation.map(|ended| ended.fee);
    match stay.status {
        ReservationStatus::Confirmed | ReservationStatus::InHouse => Standing::Expected,
        ReservationStatus::CheckedOut => Standing::Left,
        ReservationStatus::Cancelled => Standing::Over(fee.map(Penalty::Cancellation)),
        ReservationStatus::NoShow => Standing::Over(fee.map(Penalty::NoShow)),
        // A hold is nothing that was bought.
        ReservationStatus::Held | ReservationStatus::Expired => Standing::Over(None),
    }
}
