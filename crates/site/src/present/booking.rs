use motel_bookings::{Booking, BookingStatus};
use motel_kernel::{Money, MoneyError};
use motel_tenancy::Property;
use motel_web::words;

use crate::view::BookingView;

/// What a booking costs, what came in, and what is left: below zero when we owe the guest.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Account {
    pub(crate) due: Money,
    pub(crate) balance: Money,
}

impl Account {
    pub(crate) fn paid(self) -> Result<Money, MoneyError> {
        self.due.minus(self.balance)
    }
}

/// What the guest sees of a booking.
pub(crate) fn booking_view(
    booking: &Booking,
    account: Account,
    property: &Property,
    just_booked: bool,
) -> Result<BookingView, MoneyError> {
    let confirmed = booking.status == BookingStatus::Confirmed;
    let owed_back = account.balance.minor() < 0;
    Ok(BookingView {
        code: booking.code.to_string(),
        just_booked: just_booked && confirmed,
        status: if confirmed { "Confirmed" } else { "Cancelled" },
        status_tone: if confirmed { "good" } else { "bad" },
        given_name: booking.booker.name.given().to_owned(),
        guest: booking.booker.name.to_string(),
        email: booking.booker.email.to_string(),
        arrive_short: words::day(booking.stay.dates.arrival()),
        due_label: if confirmed {
            "Total"
        } else {
            "Cancellation fee"
        },
        due: account.due.to_string(),
        paid: account.paid()?.to_string(),
        balance_label: if owed_back {
            "To be refunded"
        } else {
            "Still to pay"
        },
        balance: if owed_back {
            account.balance.negated()?
        } else {
            account.balance
        }
        .to_string(),
        can_pay: account.balance.minor() > 0,
        can_cancel: confirmed,
        cancel_terms: cancel_terms(booking, property),
    })
}

fn cancel_terms(booking: &Booking, property: &Property) -> String {
    let until = words::moment(booking.free_until, property.timezone);
    format!("Free of charge until {until}.")
}
