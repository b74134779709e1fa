use super::Fallback;
use super::talk::Found;
use crate::dialogue::{Step, Topic};
use crate::engine::turn::{Finished, Turn};
use crate::understanding::{RoomChoice, Slot};

impl Turn<'_> {
    /// Answers in a model's words, and remembers what the built-in engine would, so that it can go on with the next message.
    ///
    /// # Errors
    /// [`Fallback::HouseStep`] when the message asks for something that words alone do not do.
    pub(super) fn say(mut self, words: String, found: &Found) -> Result<Finished, Fallback> {
        self.turn_to_session(found);
        let step = self.step_by_rules();
        let tells_stay = self.changes.stay && self.said.dates.is_some();
        match step {
            Step::Book
            | Step::Cancel
            | Step::LookUp
            | Step::OfferCancellation
            | Step::SendPaymentLink
            | Step::HandOver
            | Step::TakeLead => return Err(Fallback::HouseStep),
            Step::Advance | Step::PriceGuide => self.go_on(found)?,
            Step::Answer if tells_stay && self.sells_rooms() && !self.sells_sessions() => {
                self.go_on(found)?
            }
            Step::Farewell => self.done.end_call = true,
            Step::Explain(fault) => drop(self.explain(fault)),
            Step::AskWhatToChange => drop(self.ask_what_to_change()),
            Step::Abandon => drop(self.abandon()),
            Step::KeepBooking => drop(self.keep_booking()),
            Step::Noted => drop(self.note()),
            Step::Greet
            | Step::Welcome
            | Step::Capabilities
            | Step::Repeat
            | Step::Wait
            | Step::AlreadyBooked
            | Step::Answer
            | Step::ExplainChange => {}
        }
        // A yes is to what the house asks, so that stands last: the guest may have been asked something else by the model.
        let words = match self.state.expecting {
            Some(Slot::Confirmation) => self.talk(words),
            _ => words,
        };
        Ok(self.end(step, words))
    }

    /// The booking goes on: what is missing is what the next message is read as. When nothing is, the house reads it back.
    fn go_on(&mut self, found: &Found) -> Result<(), Fallback> {
        if self.sells_sessions() {
            return self.go_on_with_session(found);
        }
        if !self.sells_rooms() {
            return Err(Fallback::HouseStep);
        }
        self.state.topic = Topic::Booking;
        self.state.read_back = None;
        if !found.rooms.is_empty() {
            self.state.offered.clone_from(&found.rooms);
        }
        let stay = &self.state.stay;
        let chosen = matches!(stay.room, Some(RoomChoice::Group(_)));
        let missing = match stay.missing() {
            Some(missing) => Some(missing.slot()),
            None if !chosen => Some(Slot::Room),
            None => self.state.contact.missing(),
        };
        self.state.expecting = Some(missing.ok_or(Fallback::HouseStep)?);
        Ok(())
    }
}
