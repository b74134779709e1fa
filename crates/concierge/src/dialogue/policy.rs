use super::{Changes, State, StayFault, Step, Topic};
use crate::understanding::{Answer, Intent, NightsMention, Slot, Understanding};

/// More rooms than this are arranged by a person.
const MOST_ROOMS: u32 = 1;

/// Decides what to do about a message that was taken into the state already.
pub(crate) fn next_step(state: &State, said: &Understanding, changes: Changes) -> Step {
    confirmation(state, said, changes)
        .or_else(|| group(said))
        .or_else(|| by_intent(state, said, changes))
        .unwrap_or_else(|| go_on(state, said, changes))
}

/// Answers to a read-back.
fn confirmation(state: &State, said: &Understanding, changes: Changes) -> Option<Step> {
    if state.expecting != Some(Slot::Confirmation) {
        return None;
    }
    let calls_off = said.intent == Intent::NeverMind;
    if state.topic == Topic::Cancelling && state.cancelling.is_some() {
        return match said.answer {
            Some(Answer::Yes) => Some(Step::Cancel),
            Some(Answer::No) => Some(Step::KeepBooking),
            _ if calls_off => Some(Step::KeepBooking),
            _ => None,
        };
    }
    state.read_back.as_ref()?;
    let changed = changes.stay || changes.contact;
    match said.answer {
        _ if changes.fault.is_some() || changed || calls_off => None,
        _ if matches!(said.intent, Intent::Cancel | Intent::Human) => None,
        Some(Answer::Yes) if !asks(said) => Some(Step::Book),
        Some(Answer::No) if !asks(said) => Some(Step::AskWhatToChange),
        Some(Answer::Unsure) if !asks(said) => Some(Step::Wait),
        _ => None,
    }
}

fn asks(said: &Understanding) -> bool {
    let other_business = matches!(
        said.intent,
        Intent::PolicyQuestion | Intent::Human | Intent::Cancel
    );
    said.is_question && (said.answer != Some(Answer::Yes) || other_business)
}

/// Several rooms, or more people than any booking takes, are for a person to arrange.
fn group(said: &Understanding) -> Option<Step> {
    let rooms = said.rooms_wanted.is_some_and(|rooms| rooms > MOST_ROOMS);
    (rooms && said.intent != Intent::PolicyQuestion).then_some(Step::TakeLead)
}

fn by_intent(state: &State, said: &Understanding, changes: Changes) -> Option<Step> {
    let drafting = state.topic == Topic::Booking;
    let only_informs = changes.answers && !said.is_question;
    let silent = !changes.stay && !changes.contact && changes.fault.is_none() && !changes.answers;
    match said.intent {
        Intent::Human => Some(Step::HandOver),
        Intent::NeverMind => Some(Step::Abandon),
        Intent::Cancel if drafting && said.booking_code.is_none() => Some(Step::Abandon),
        Intent::Cancel => Some(Step::OfferCancellation),
        Intent::MyBooking
            if matches!(state.topic, Topic::Cancelling | Topic::Paying) && changes.answers =>
        {
            None
        }
        Intent::MyBooking => Some(Step::LookUp),
        Intent::ChangeBooking if drafting && state.booked.is_none() => None,
        Intent::ChangeBooking => Some(Step::ExplainChange),
        Intent::Pay if drafting && state.booked.is_none() => None,
        Intent::Pay => Some(Step::SendPaymentLink),
        Intent::LeaveDetails if only_informs => None,
        Intent::LeaveDetails => Some(Step::TakeLead),
        Intent::PolicyQuestion if !only_informs && (said.is_question || !changes.stay) => {
            Some(Step::Answer)
        }
        Intent::Repeat if silent => Some(Step::Repeat),
        Intent::Other if silent && said.answer.is_none() && is_off_topic(said) => {
            Some(Step::Capabilities)
        }
        Intent::SmallTalk if silent => Some(Step::Greet),
        Intent::Thanks if silent => Some(Step::Welcome),
        Intent::Bye if silent => Some(Step::Farewell),
        _ => None,
    }
}

/// Words that speak of something else; other words may only not have been understood.
fn is_off_topic(said: &Understanding) -> bool {
    said.confidence > UNDERSTOOD_NOTHING
}

/// A day in words that speak of something else, and nothing more of a stay.
fn is_day_of_something_else(said: &Understanding) -> bool {
    let only_days = said.nights.is_none()
        && said.party.is_empty()
        && said.pets.is_none()
        && said.room.is_none();
    said.intent == Intent::Other && is_off_topic(said) && only_days
}

/// The confidence of a message without a single cue.
const UNDERSTOOD_NOTHING: u8 = 50;

/// No intent of its own: the message serves what is being worked on.
fn go_on(state: &State, said: &Understanding, changes: Changes) -> Step {
    match state.topic {
        Topic::LookUp => return Step::LookUp,
        Topic::Cancelling => return Step::OfferCancellation,
        Topic::Paying => return Step::SendPaymentLink,
        _ => {}
    }
    let wants_room = matches!(
        said.intent,
        Intent::Book | Intent::Availability | Intent::Price
    );
    if state.topic == Topic::Lead && changes.fault.is_none() && !wants_room {
        return Step::TakeLead;
    }
    let longer_or_shorter = matches!(
        said.nights,
        Some(NightsMention::More(_) | NightsMention::Fewer(_))
    );
    if longer_or_shorter && state.booked.is_some() && state.stay.arrival.is_none() {
        return Step::ExplainChange;
    }
    match changes.fault {
        // "The heating is cold since yesterday" is no wish to stay yesterday.
        Some(StayFault::Past(_)) if !wants_room && state.topic != Topic::Booking => {}
        Some(StayFault::TooMany("adults" | "children")) => return Step::TakeLead,
        Some(fault) => return Step::Explain(fault),
        None => {}
    }
    match () {
        () if said.intent == Intent::Price
            && state.stay.arrival.is_none()
            && said.dates.is_none() =>
        {
            Step::PriceGuide
        }
        () if wants_room || state.topic == Topic::Booking => Step::Advance,
        // "Remind me on May 4th" names a day and wants no room.
        () if said.mentions_stay() && !is_day_of_something_else(said) => Step::Advance,
        () if changes.contact => Step::Noted,
        () if said.answer.is_some() && state.booked.is_some() => Step::AlreadyBooked,
        () => Step::Capabilities,
    }
}
