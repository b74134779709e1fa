//! What the concierge says. Every figure comes in as an argument, out of a tool's answer; nothing is reckoned here.

mod asks;
mod bookings;
mod emergency;
mod extras;
mod faults;
mod figures;
mod languages;
mod offers;
mod packages;
mod passages;
mod sessions;
mod talk;
mod voices;

pub(crate) use asks::{ask, ask_missing, ask_to_confirm};
pub(crate) use bookings::{booked, cancellation_offer, cancelled, read_back, seen};
pub(crate) use emergency::{emergency, never_who_stays};
pub(crate) use extras::{
    ends_in_shall_i, extra_added, extra_dropped, extra_not_added, extra_read_back, with_offer,
    without_extra,
};
pub(crate) use faults::fault;
pub(crate) use figures::{day, money, stay, time};
pub(crate) use languages::only_english;
pub(crate) use offers::{alternatives, list, not_offered, nothing_free, priced, rooms_described};
pub(crate) use packages::{asks_for_packages, packages};
pub(crate) use passages::best_answer;
pub(crate) use sessions::{
    ask_miles, ask_postcode, ask_service, ask_session_day, ask_session_guests, ask_time, no_times,
    services, session_booked, session_cancellation_offer, session_cancelled, session_not_paid_here,
    session_read_back, session_refused, session_seen, time_priced, times,
};
pub(crate) use talk::{
    capabilities, explain_change, farewell, greeting, hello_name, lead_asked, lead_taken,
    no_card_numbers, no_rooms, not_found, not_known, not_understood, payment_link, welcome,
    whereabouts,
};

pub(crate) use voices::Voice;

/// The same words without line breaks and bullets, for a channel that is heard and not read.
pub(crate) fn spoken(text: &str) -> String {
    let lines = text
        .lines()
        .map(|line| line.trim_start_matches(['•', ' ']).trim());
    let full: Vec<String> = lines
        .filter(|line| !line.is_empty())
        .map(|line| match line.ends_with(['.', '?', '!', ':', ',']) {
            true => line.to_owned(),
            false => format!("{line}."),
        })
        .collect();
    full.join(" ")
}
