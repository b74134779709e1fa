use super::{State, StayFault, Topic};
use crate::understanding::{Intent, Slot, Understanding};

/// What a message changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Changes {
    /// Something about the stay.
    pub(crate) stay: bool,
    /// Something about the guest.
    pub(crate) contact: bool,
    /// The message gives what was asked for, or declines to.
    pub(crate) answers: bool,
    /// Something about the stay that cannot be.
    pub(crate) fault: Option<StayFault>,
}

/// Takes what the message says into the state.
pub(crate) fn absorb(state: &mut State, said: &Understanding) -> Changes {
    let (stay, contact) = (state.stay.clone(), state.contact.clone());
    let fault = match speaks_of_stay(said) {
        true => state.stay.absorb(said).err(),
        false => {
            state.stay.pets = said.pets.or(state.stay.pets);
            None
        }
    };
    absorb_subject(state, said);
    absorb_contact(state, said);
    Changes {
        stay: state.stay != stay,
        contact: state.contact != contact,
        answers: answers(state, said),
        fault,
    }
}

/// A question about the house may name a room without wanting it; a booking made before has its own dates.
fn speaks_of_stay(said: &Understanding) -> bool {
    let about_house = said.intent == Intent::PolicyQuestion
        && said.is_question
        && said.dates.is_none()
        && said.nights.is_none()
        && said.party.is_empty();
    let about_other = matches!(
        said.intent,
        Intent::MyBooking | Intent::Cancel | Intent::Pay | Intent::ChangeBooking
    );
    !about_other && !about_house
}

fn absorb_subject(state: &mut State, said: &Understanding) {
    if let Some(code) = &said.booking_code {
        state.subject.code = Some(code.clone());
    }
    if let Some(email) = &said.email
        && is_about_subject(state, said)
    {
        state.subject.email = Some(email.clone());
    }
}

/// Whether an e-mail address in this message proves a booking instead of naming a new guest.
fn is_about_subject(state: &State, said: &Understanding) -> bool {
    said.booking_code.is_some()
        || matches!(
            said.intent,
            Intent::MyBooking | Intent::Cancel | Intent::Pay
        )
        || matches!(
            state.topic,
            Topic::LookUp | Topic::Cancelling | Topic::Paying
        )
}

fn absorb_contact(state: &mut State, said: &Understanding) {
    if is_about_subject(state, said) {
        return;
    }
    let gives_contact = said.mentions_contact();
    let contact = &mut state.contact;
    if let Some(name) = &said.full_name {
        contact.name = Some(name.clone());
    }
    if let Some(email) = &said.email {
        contact.email = Some(email.clone());
    }
    if let Some(phone) = &said.phone {
        contact.phone = Some(phone.clone());
    }
    let asked = state.expecting == Some(Slot::Phone);
    let declines = said.declines_phone || said.skips && (asked || gives_contact);
    contact.phone_declined = contact.phone.is_none() && (contact.phone_declined || declines);
}

fn answers(state: &State, said: &Understanding) -> bool {
    match state.expecting {
        None => false,
        Some(Slot::Dates | Slot::Nights) => {
            said.dates.is_some() || said.date_fault.is_some() || said.nights.is_some()
        }
        Some(Slot::Party) => !said.party.is_empty(),
        Some(Slot::Room) => said.room.is_some(),
        Some(Slot::Name) => said.full_name.is_some(),
        Some(Slot::Email) => said.email.is_some(),
        Some(Slot::Phone) => said.phone.is_some() || state.contact.phone_declined,
        Some(Slot::Code) => said.booking_code.is_some(),
        Some(Slot::Confirmation) => said.answer.is_some(),
    }
}
