use motel_guests::GuestDetails;
use motel_kernel::{Email, PersonName, Phone};

use super::wanted::{Act, RoomWanted};
use crate::dialogue::{SessionDraft, Step, Topic};
use crate::engine::turn::{Finished, Turn};
use crate::tools::{BookingProof, CreateLeadInput, ToolError};
use crate::understanding::RoomChoice;

/// Why something a model asked for is no step.
pub(super) enum NoStep {
    /// It is told so, and may go on.
    Refused(String),
    /// Something broke.
    Fault(ToolError),
}

type Noted = Result<(), NoStep>;

impl Turn<'_> {
    /// Takes the step that a model asks for, as the dialogue's own rules allow it: what was read back is booked on a clear yes, whatever
    /// the model sends along, and anything else is read back first.
    ///
    /// `heard` is everything the guest has said: names, addresses and codes that stand nowhere in it are the model's inventions.
    pub(super) async fn act(mut self, act: Act, heard: &str) -> Result<Finished, NoStep> {
        let agreed = self.step_by_rules();
        let step = match act {
            Act::Book(_) | Act::BookSession(_) if agreed == Step::Book => Step::Book,
            // One more yes to what is booked already asks for no second booking, whatever the model makes of it.
            Act::Book(_) | Act::BookSession(_) if agreed == Step::AlreadyBooked => {
                Step::AlreadyBooked
            }
            Act::Book(room) => {
                self.note_room(*room, heard)?;
                Step::Advance
            }
            Act::BookSession(wanted) => {
                self.note_session(&wanted, heard)?;
                Step::Advance
            }
            Act::Cancel(_) | Act::CancelSession(_) if agreed == Step::Cancel => Step::Cancel,
            Act::Cancel(proof) => self.note_proof(proof, heard, Step::OfferCancellation)?,
            Act::LookUp(proof) => self.note_proof(proof, heard, Step::LookUp)?,
            Act::CancelSession(proof) => {
                self.note_session_proof(proof, heard, Step::OfferCancellation)?
            }
            Act::LookUpSession(proof) => self.note_session_proof(proof, heard, Step::LookUp)?,
            Act::Pay(proof) => self.note_proof(proof, heard, Step::SendPaymentLink)?,
            Act::Lead(lead) => {
                self.note_lead(&lead, heard)?;
                Step::TakeLead
            }
            Act::HandOver => Step::HandOver,
        };
        self.finish(step).await.map_err(NoStep::Fault)
    }

    fn note_room(&mut self, room: RoomWanted, heard: &str) -> Noted {
        if !self.groups.iter().any(|group| group.code == room.room_type) {
            return Err(refused("the house has no such room type"));
        }
        let GuestDetails { name, email, phone } = room.guest();
        self.note_contact(Some(name), Some(email), phone, heard)?;
        // An appointment that was begun beside it is left.
        self.state.session = SessionDraft::default();
        let stay = &mut self.state.stay;
        stay.arrival = Some(room.stay.arrival());
        stay.departure = Some(room.stay.departure());
        stay.nights = None;
        stay.adults = Some(room.party.adults().into());
        stay.children = Some(room.party.children().into());
        stay.pets = Some(room.party.pets().into());
        stay.room = Some(RoomChoice::Group(room.room_type));
        Ok(())
    }

    fn note_lead(&mut self, lead: &CreateLeadInput, heard: &str) -> Noted {
        let (name, email) = (lead.full_name.clone(), lead.email.clone());
        self.note_contact(Some(name), email, lead.phone.clone(), heard)
    }

    /// Takes in who the guest is, if they said so themselves.
    pub(super) fn note_contact(
        &mut self,
        name: Option<PersonName>,
        email: Option<Email>,
        phone: Option<Phone>,
        heard: &str,
    ) -> Noted {
        let contact = &mut self.state.contact;
        if let Some(name) = name.filter(|name| contact.name.as_ref() != Some(name)) {
            let said = |part: &str| heard.contains(&part.to_lowercase());
            if !name.to_string().split_whitespace().all(said) {
                return Err(refused("the guest has not said that name: ask for it"));
            }
            contact.name = Some(name);
        }
        if let Some(email) = email.filter(|email| contact.email.as_ref() != Some(email)) {
            if !heard.contains(&email.to_string().to_lowercase()) {
                return Err(refused(
                    "the guest has not said that e-mail address: ask for it",
                ));
            }
            contact.email = Some(email);
        }
        if let Some(phone) = phone.filter(|phone| contact.phone.as_ref() != Some(phone)) {
            if !says_number(heard, &phone) {
                return Err(refused(
                    "the guest has not said that telephone number: leave it out",
                ));
            }
            contact.phone = Some(phone);
            contact.phone_declined = false;
        }
        Ok(())
    }

    /// Takes in which booking is meant, if the guest has said both its code and its address; one that was made here is proved already.
    pub(super) fn note_proof(
        &mut self,
        proof: BookingProof,
        heard: &str,
        step: Step,
    ) -> Result<Step, NoStep> {
        let here = self.state.booked.as_ref();
        let is_here = here.is_some_and(|here| here.code == proof.code && here.email == proof.email);
        let subject = &self.state.subject;
        let known = subject.code.as_ref() == Some(&proof.code)
            && subject.email.as_ref() == Some(&proof.email);
        let said = |words: String| heard.contains(&words.to_lowercase());
        let told = said(proof.code.to_string()) && said(proof.email.to_string());
        if !is_here && !known && !told {
            return Err(refused(
                "the guest has not said both that code and that e-mail address: ask for them",
            ));
        }
        self.state.subject.code = Some(proof.code);
        self.state.subject.email = Some(proof.email);
        if matches!(step, Step::LookUp | Step::SendPaymentLink) {
            self.state.topic = Topic::None;
        }
        Ok(step)
    }
}

pub(super) fn refused(why: &str) -> NoStep {
    NoStep::Refused(why.to_owned())
}

/// Whether the last figures of a number were said in a row, whatever stood between them.
fn says_number(heard: &str, phone: &Phone) -> bool {
    const ENOUGH: usize = 7;
    let figures = |text: &str| {
        text.chars()
            .filter(char::is_ascii_digit)
            .collect::<String>()
    };
    let number = figures(&phone.to_string());
    let tail = number
        .get(number.len().saturating_sub(ENOUGH)..)
        .unwrap_or_default();
    !tail.is_empty() && figures(heard).contains(tail)
}
