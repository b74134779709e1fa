use motel_appointments::Destination;
use serde_json::{Map, Value, json};

use crate::dialogue::State;
use crate::understanding::{Language, RoomChoice, Understanding};

/// What is understood so far, as a JSON object of the keys that are known.
pub(super) fn of(state: &State, said: &Understanding, language: Option<Language>) -> Value {
    let (stay, contact) = (&state.stay, &state.contact);
    let room = match &stay.room {
        Some(RoomChoice::Group(code)) => Some(code.clone()),
        _ => None,
    };
    let code = said.booking_code.as_ref().or(state.subject.code.as_ref());
    let session = &state.session;
    let miles = match session.destination {
        Some(Destination::Miles(miles)) => Some(miles),
        _ => None,
    };
    let known = [
        ("check_in", stay.arrival.map(|day| json!(day))),
        ("check_out", stay.departure.map(|day| json!(day))),
        (
            "nights",
            stay.dates().map(|dates| json!(dates.night_count())),
        ),
        ("adults", stay.adults.map(|count| json!(count))),
        ("children", stay.children.map(|count| json!(count))),
        ("pets", stay.pets.map(|count| json!(count))),
        ("room_type", room.map(|room| json!(room))),
        ("service", session.service.as_ref().map(|it| json!(it))),
        (
            "time",
            session.at.map(|at| json!(at.format("%H:%M").to_string())),
        ),
        ("guests", session.guests.map(|count| json!(count))),
        ("miles", miles.map(|miles| json!(miles))),
        ("full_name", contact.name.as_ref().map(|name| json!(name))),
        ("email", contact.email.as_ref().map(|email| json!(email))),
        ("phone", contact.phone.as_ref().map(|phone| json!(phone))),
        ("booking_code", code.map(|code| json!(code))),
        ("language", language.map(|language| json!(language.code()))),
        ("confidence", Some(json!(said.confidence))),
    ];
    let present = known
        .into_iter()
        .filter_map(|(key, value)| Some((key.to_owned(), value?)));
    Value::Object(present.collect::<Map<_, _>>())
}
