//! How a model's calls and words go on with an appointment, in the state that the built-in engine goes on with.

use motel_guests::GuestDetails;

use super::Fallback;
use super::act::{NoStep, refused};
use super::session_wanted::SessionWanted;
use super::talk::Found;
use crate::dialogue::{SessionDraft, SessionSlot, Step, Topic, next_step};
use crate::engine::session_words::chosen;
use crate::engine::turn::Turn;
use crate::tools::BookingProof;
use crate::understanding::Slot;

impl Turn<'_> {
    /// What the dialogue's own rules would do about the message, whatever is sold here.
    pub(super) fn step_by_rules(&mut self) -> Step {
        self.absorb_session();
        self.session_step(next_step(&self.state, &self.said, self.changes))
    }

    /// Takes in which appointment a model would book. Whether that is open, and what it costs, the house finds out.
    pub(super) fn note_session(
        &mut self,
        wanted: &SessionWanted,
        heard: &str,
    ) -> Result<(), NoStep> {
        let mut services = self.services.iter();
        if !services.any(|service| service.details.code == wanted.service) {
            return Err(refused("the house has no such service"));
        }
        let GuestDetails { name, email, phone } = wanted.guest();
        self.note_contact(Some(name), Some(email), phone, heard)?;
        self.state.stay.arrival = Some(wanted.day);
        self.state.stay.departure = None;
        self.state.session = SessionDraft {
            service: Some(wanted.service.clone()),
            at: Some(wanted.time),
            half_of_day: true,
            guests: Some(wanted.guests),
            destination: wanted
                .destination()
                .or(self.state.session.destination.take()),
            asked: None,
        };
        Ok(())
    }

    /// Takes in which appointment is meant, as [`Self::note_proof`] does.
    pub(super) fn note_session_proof(
        &mut self,
        proof: BookingProof,
        heard: &str,
        step: Step,
    ) -> Result<Step, NoStep> {
        let code = proof.code.clone();
        let step = self.note_proof(proof, heard, step)?;
        self.state.subject.appointment = Some(code);
        Ok(step)
    }

    /// Turns to the service whose times a model has looked for, unless a service or a room is being booked.
    pub(super) fn turn_to_session(&mut self, found: &Found) {
        let free = self.state.session.service.is_none() && self.state.topic != Topic::Booking;
        if let (Some((_, times)), true) = (&found.times, free) {
            self.state.session.service = Some(times.service.details.code.clone());
        }
    }

    /// The appointment goes on: what is missing is what the next message is read as. When nothing is, the house reads it back.
    pub(super) fn go_on_with_session(&mut self, found: &Found) -> Result<(), Fallback> {
        self.state.topic = Topic::Booking;
        self.state.read_back = None;
        self.settle_time(found);
        let slot = self.missing_of_session();
        self.state.session.asked = slot;
        self.state.expecting = match slot {
            Some(SessionSlot::Day) => Some(Slot::Dates),
            Some(_) => None,
            None => Some(self.state.contact.missing().ok_or(Fallback::HouseStep)?),
        };
        Ok(())
    }

    fn missing_of_session(&self) -> Option<SessionSlot> {
        let draft = &self.state.session;
        let Some(service) = chosen(draft, self.services) else {
            return Some(SessionSlot::Service);
        };
        if self.state.stay.arrival.is_none() {
            return Some(SessionSlot::Day);
        }
        let missing = self.missing_of(service).map(|(slot, _)| slot);
        missing.or_else(|| draft.at.is_none().then_some(SessionSlot::Time))
    }

    /// Holds the time that was said against those that were found: one that is not open is asked for anew, and so is a day without any.
    fn settle_time(&mut self, found: &Found) {
        let Some((day, times)) = &found.times else {
            return;
        };
        let code = self.state.session.service.as_ref();
        let same = code.is_none_or(|code| *code == times.service.details.code);
        if !same || self.state.stay.arrival != Some(*day) {
            return;
        }
        if times.open.is_empty() {
            self.state.stay.arrival = None;
            self.state.stay.departure = None;
            return;
        }
        let zone = self.desk.property.timezone;
        let wanted = self.state.session.at;
        let open = wanted.and_then(|at| self.open_at(&times.open, at));
        self.state.session.at = open.map(|slot| slot.starts_at.with_timezone(&zone).time());
    }
}
