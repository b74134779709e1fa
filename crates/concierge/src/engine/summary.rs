use motel_conversations::HandOverReason;

use crate::dialogue::State;
use crate::replies::{day, money, stay};
use crate::understanding::RoomChoice;

/// As much of the guest's words as is quoted.
const LONGEST_QUOTE: usize = 600;

/// What who takes over should know, in a few lines: why, who, what was said, what is known. Card numbers were hidden before the words came here.
pub(super) fn summary(state: &State, said: &str, reason: HandOverReason) -> String {
    // On one line, so that nobody writes lines of the house's.
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    let quote: String = said.chars().take(LONGEST_QUOTE).collect();
    let lines = [
        Some(format!("Why: {}", why(reason))),
        Some(format!("Guest: {}", guest(state))),
        Some(format!("Said last: \"{}\"", quote)),
        wanted(state).map(|wanted| format!("Wanted: {wanted}")),
        read_back(state),
        known_booking(state),
    ];
    let lines: Vec<String> = lines.into_iter().flatten().collect();
    lines.join("\n")
}

fn why(reason: HandOverReason) -> &'static str {
    match reason {
        HandOverReason::AskedForPerson => {
            "the guest asked for a person, or for what only people do"
        }
        HandOverReason::RepeatedFailure => "several answers in a row helped nobody",
        HandOverReason::Anger => "the guest sounds angry",
        HandOverReason::Emergency => "EMERGENCY: somebody may be in danger",
        HandOverReason::HighValue => "much is at stake",
        HandOverReason::PolicyException => {
            "the guest asked for an exception from the rules, or for a lower price"
        }
    }
}

fn guest(state: &State) -> String {
    let contact = &state.contact;
    let known = [
        contact.name.as_ref().map(ToString::to_string),
        contact.email.as_ref().map(ToString::to_string),
        contact.phone.as_ref().map(ToString::to_string),
    ];
    let known: Vec<String> = known.into_iter().flatten().collect();
    match known.is_empty() {
        true => "not named yet".to_owned(),
        false => known.join(", "),
    }
}

/// The stay or the appointment, as far as it was said.
fn wanted(state: &State) -> Option<String> {
    let (draft, session) = (&state.stay, &state.session);
    let dates = match draft.dates() {
        Some(dates) => Some(stay(dates)),
        None => draft
            .arrival
            .map(|arrival| format!("from {}", day(arrival))),
    };
    let room = match &draft.room {
        Some(RoomChoice::Group(code)) => Some(code.clone()),
        _ => None,
    };
    let count = |number: Option<u32>, what: &str| number.map(|number| format!("{number} {what}"));
    let parts = [
        session.service.clone(),
        dates,
        session.at.map(|at| format!("at {}", at.format("%H:%M"))),
        count(state.rooms_wanted, "rooms"),
        count(draft.adults, "adults"),
        count(draft.children.filter(|it| *it > 0), "children"),
        count(draft.pets.filter(|it| *it > 0), "pets"),
        count(session.guests, "guests"),
        room,
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn read_back(state: &State) -> Option<String> {
    let read_back = state.read_back.as_ref()?;
    let total = money(read_back.total);
    Some(format!(
        "Read back and not booked: {}, {total} in total",
        read_back.room
    ))
}

fn known_booking(state: &State) -> Option<String> {
    let here = state.booked.as_ref().map(|here| here.code.to_string());
    match (here, &state.subject.code) {
        (Some(here), _) => Some(format!("Booked in this conversation: {here}")),
        (None, Some(code)) => Some(format!("About booking: {code} (not proved to be theirs)")),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use motel_kernel::{Currency, Money, PersonName};

    use super::*;
    use crate::dialogue::ReadBack;

    #[test]
    fn who_what_why_and_what_is_known_stand_in_a_few_lines() {
        let mut state = State::default();
        state.contact.name = Some(PersonName::parse("Ada Ross").unwrap());
        state.contact.email = Some("ada@example.com".parse().unwrap());
        state.stay.arrival = Some("2027-01-10".parse().unwrap());
        state.stay.departure = Some("2027-01-12".parse().unwrap());
        state.stay.adults = Some(2);
        state.stay.pets = Some(1);
        state.read_back = Some(ReadBack {
            number: 1,
            room: "King Suite".to_owned(),
            total: Money::new(40_320, Currency::USD),
            session: None,
        });
        let told = summary(
            &state,
            "can you waive the pet fee?",
            HandOverReason::PolicyException,
        );
        assert_eq!(
            told,
            "Why: the guest asked for an exception from the rules, or for a lower price\n\
             Guest: Ada Ross, ada@example.com\n\
             Said last: \"can you waive the pet fee?\"\n\
             Wanted: Sun, Jan 10 to Tue, Jan 12, 2027 (2 nights), 2 adults, 1 pets\n\
             Read back and not booked: King Suite, $403.20 in total"
        );
    }

    #[test]
    fn a_stranger_is_not_named_and_a_long_message_is_cut() {
        let long = format!("Hello\nWhy: nothing\n{}", "x".repeat(2_000));
        let told = summary(&State::default(), &long, HandOverReason::Anger);
        assert!(
            told.contains("not named yet") && told.len() < 1_000,
            "{told}"
        );
        assert_eq!(told.lines().count(), 3);
    }
}
