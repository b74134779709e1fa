use motel_billing::Due;
use motel_bookings::{Booking, ReservationStatus};
use motel_kernel::{Money, MoneyError};
use motel_tenancy::Property;
use motel_web::words;

use crate::view::{BookingView, PaymentChoice};

/// What a booking costs, what came in, and what is left: below zero when we owe the guest.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Account {
    pub(crate) due: Money,
    /// What of the balance is asked for, and when.
    pub(crate) asked: Due,
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
    let status = booking.status();
    let stands = status.takes_nights();
    let owed_back = account.balance.minor() < 0;
    Ok(BookingView {
        code: booking.code.to_string(),
        just_booked: just_booked && stands,
        status: word(status),
        status_tone: if stands { "good" } else { "bad" },
        given_name: booking.booker.name.given().to_owned(),
        guest: booking.booker.name.to_string(),
        email: booking.booker.email.to_string(),
        arrive_short: words::day(booking.first().dates.arrival()),
        due_label: if stands { "Total" } else { "Cancellation fee" },
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
        pay: payment_choices(account.asked),
        pay_terms: pay_terms(account.asked, property),
        can_cancel: status == ReservationStatus::Confirmed,
        cancel_terms: cancel_terms(booking, property),
    })
}

/// What can be paid now: first what is due, then everything.
fn payment_choices(asked: Due) -> Vec<PaymentChoice> {
    let choice = |label: &str, amount: Money, whole| PaymentChoice {
        label: format!("Pay {label}{amount} now"),
        whole,
    };
    match (asked.now.is_zero(), asked.rest.is_zero()) {
        (true, true) => Vec::new(),
        (false, true) => vec![choice("", asked.now, false)],
        (true, false) => vec![choice("", asked.rest, true)],
        (false, false) => vec![
            choice("the deposit of ", asked.now, false),
            choice("all ", asked.whole(), true),
        ],
    }
}

fn pay_terms(asked: Due, property: &Property) -> Option<String> {
    let due_on = asked.rest_due_at?.with_timezone(&property.timezone);
    let day = words::day(due_on.date_naive());
    Some(match asked.now.is_zero() {
        true => format!(
            "The deposit is paid. The rest, {}, is due on {day}.",
            asked.rest
        ),
        false => format!(
            "A deposit of {} is due now, the rest, {}, on {day}.",
            asked.now, asked.rest
        ),
    })
}

fn cancel_terms(booking: &Booking, property: &Property) -> String {
    match booking.free_until() {
        Some(until) => format!(
            "Free of charge until {}.",
            words::moment(until, property.timezone)
        ),
        None => "Free of charge.".to_owned(),
    }
}

fn word(status: ReservationStatus) -> &'static str {
    match status {
        ReservationStatus::Held => "Held",
        ReservationStatus::Confirmed => "Confirmed",
        ReservationStatus::InHouse => "Checked in",
        ReservationStatus::CheckedOut => "Checked out",
        ReservationStatus::Cancelled => "Cancelled",
        ReservationStatus::NoShow => "Not arrived",
        ReservationStatus::Expired => "Expired",
    }
}
