//! From what the domains answer to what the templates show.

mod access;
mod audit;
mod authorisations;
mod booking;
mod cards;
mod credentials;
mod desk;
mod hand_over;
mod invoices;
mod knowledge;
mod model;
mod notice;
mod passkeys;
mod payment_events;
mod payments;
mod prompts;
mod qr;
mod rehearsals;
mod roles;
mod rooms;
mod setup;
mod setup_forms;
mod sign_up;
mod stays;
mod team;
mod transcript;
mod upsells;

pub(crate) use access::{booking_may, devices, links, sessions};
pub(crate) use audit::{
    AUDIT_PATH, People, audit_rows, chain_verdict, export_address, look_address, look_form,
};
pub(crate) use authorisations::asides;
pub(crate) use booking::booking;
pub(crate) use cards::cards;
pub(crate) use credentials::credentials;
pub(crate) use desk::{Day, desk};
pub(crate) use hand_over::{hand_over_cards, hand_over_rows};
pub(crate) use invoices::invoices;
pub(crate) use knowledge::{document_rows, question_cards};
pub(crate) use model::{
    fallbacks, model_chosen, model_cost, model_fields, model_form, model_state, model_tokens,
};
pub(crate) use notice::notice;
pub(crate) use passkeys::passkeys;
pub(crate) use payment_events::payment_events;
pub(crate) use payments::{payments, take_at_desk};
pub(crate) use prompts::{
    about_version, prompt_card, prompt_channels, prompt_lines, prompt_shown, prompt_variables,
    version_name,
};
pub(crate) use qr::{in_fours, picture};
pub(crate) use rehearsals::{Tried, tried};
pub(crate) use roles::{all_roles, choices, own_roles, permissions, role_choices, successors};
pub(crate) use rooms::Rooms;
pub(crate) use setup::{SETUP_PATH, progress, rooms_there, service_there, step_address, step_of};
pub(crate) use setup_forms::{
    Refusals, house_rule_fields, place_fields, room_fields, service_fields,
};
pub(crate) use sign_up::{kinds, sentence};
pub(crate) use stays::stay_card;
pub(crate) use team::{Team, clock_time, heirs, invitations, members, role_options};
pub(crate) use transcript::{transcript, turns};
pub(crate) use upsells::{OnOffer, example_words, upsell_fields, upsell_row, upsell_starts};

use motel_bookings::ReservationStatus;

/// A booking's status in a word, and the colour of its badge.
fn status(status: ReservationStatus) -> (&'static str, &'static str) {
    match status {
        ReservationStatus::Confirmed => ("Confirmed", "good"),
        ReservationStatus::Held => ("Held", "warn"),
        ReservationStatus::InHouse => ("In house", "accent"),
        ReservationStatus::CheckedOut => ("Checked out", "good"),
        ReservationStatus::Cancelled => ("Cancelled", "bad"),
        ReservationStatus::NoShow => ("No-show", "bad"),
        ReservationStatus::Expired => ("Expired", "warn"),
    }
}
