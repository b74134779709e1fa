use motel_bookings::Booking;
use motel_kernel::BookingCode;
use motel_upsells::Priced;

use super::figures::money;

/// How a read-back ends that nothing is offered with, in whatever tone.
const SHALL_I: &[&str] = &["Shall I book it?", "Shall I book it for you?"];

/// An offer after an answer. Before a booking there is one question at a time: the read-back's is asked once the offer is answered.
pub(crate) fn with_offer(answer: &str, offer: &str) -> String {
    let read_back = SHALL_I
        .iter()
        .find_map(|ending| answer.strip_suffix(ending));
    match read_back {
        Some(read_back) => format!("{read_back}One thing before I book it. {offer}"),
        None => format!("{answer}\n{offer}"),
    }
}

/// Whether an answer ends in the question whether to book: only such a one can be put off for an offer.
pub(crate) fn ends_in_shall_i(answer: &str) -> bool {
    SHALL_I.iter().any(|ending| answer.ends_with(ending))
}

/// What adding it comes to, and the question.
pub(crate) fn extra_read_back(code: &BookingCode, priced: &Priced) -> String {
    format!(
        "{} is {} more: booking {code} then costs {} in total with tax. Shall I add it?",
        priced.name,
        money(priced.extra),
        money(priced.total)
    )
}

/// It is added.
pub(crate) fn extra_added(name: &str, booking: &Booking) -> String {
    format!(
        "Done: {name} is part of booking {} now, which costs {} in total with tax.",
        booking.code,
        money(booking.total())
    )
}

/// The offer was declined.
pub(crate) fn without_extra() -> String {
    "All right, without it.".to_owned()
}

/// What was taken does not go with the stay as it is now.
pub(crate) fn extra_dropped(name: &str) -> String {
    format!("{name} can't be had with this stay, so I left it out.")
}

/// It cannot be added any more.
pub(crate) fn extra_not_added(why: &str) -> String {
    format!("I could not add that: {why}. Your booking stays as it is.")
}
