use std::time::Instant;

use motel_appointments::Service;
use motel_conversations::{ActionTaken, BookingMade, Channel, GuestMessage, HandOverReason, Reply};
use motel_db::TenantTx;
use motel_inventory::UnitGroup;
use motel_kernel::BookingId;
use serde_json::Value;

use super::entities;
use super::journal::{ToolUsed, micros};
use crate::dialogue::{
    Asked, Changes, State, Step, Urgent, absorb, is_unwelcome, next_step, tone_of, urgent,
};
use crate::replies;
use crate::tools::{Desk, Tool, ToolError};
use crate::understanding::{Intent, Language, Slot, ToneHeard, Understanding, foreign_language};

/// What is sold at the house.
#[derive(Clone, Copy)]
pub(super) struct House<'a> {
    /// By the night.
    pub(super) groups: &'a [UnitGroup],
    /// By appointment: where there are no rooms, or a model sells both.
    pub(super) services: &'a [Service],
}

/// One message being answered.
pub(super) struct Turn<'a> {
    pub(super) tx: &'a mut TenantTx,
    pub(super) desk: Desk<'a>,
    pub(super) groups: &'a [UnitGroup],
    pub(super) services: &'a [Service],
    pub(super) message: &'a GuestMessage,
    pub(super) said: Understanding,
    pub(super) state: State,
    /// What had been asked before this message.
    pub(super) asked: Option<Slot>,
    pub(super) changes: Changes,
    /// How the message sounds.
    pub(super) heard: Option<ToneHeard>,
    /// Whether something of an appointment was heard.
    pub(super) session_heard: bool,
    /// What was offered with the last answer: this message alone takes it or leaves it.
    pub(super) offered: Option<Asked>,
    pub(super) done: Done,
}

/// What was done while answering.
#[derive(Default)]
pub(super) struct Done {
    pub(super) actions: Vec<ActionTaken>,
    /// The same tools, with what they were given.
    pub(super) tools: Vec<ToolUsed>,
    pub(super) booking: Option<BookingMade>,
    pub(super) lead: Option<String>,
    /// The booking a payment link is to be made for, after the commit.
    pub(super) pay: Option<BookingId>,
    pub(super) end_call: bool,
    pub(super) hand_over: bool,
    /// The language of a message in which nothing was understood.
    pub(super) language: Option<Language>,
    /// By which rules a person was brought in.
    pub(super) rules: Vec<HandOverReason>,
    /// Whether the answer helps nobody: nothing was understood, known or free.
    pub(super) failed: bool,
}

/// A message answered.
pub(super) struct Finished {
    pub(super) state: State,
    pub(super) reply: Reply,
    pub(super) pay: Option<BookingId>,
    pub(super) tools: Vec<ToolUsed>,
    /// How the guest sounded, and in which tone they were answered.
    pub(super) tone: Value,
    /// By which rules a person was brought in.
    pub(super) rules: Vec<HandOverReason>,
}

/// The words of the answer, or a fault.
pub(super) type Said = Result<String, ToolError>;

impl<'a> Turn<'a> {
    pub(super) fn new(
        tx: &'a mut TenantTx,
        desk: Desk<'a>,
        house: House<'a>,
        message: &'a GuestMessage,
        said: Understanding,
        mut state: State,
    ) -> Self {
        let asked = state.expecting;
        let offered = state.upsell.asked.take();
        state.upsell.unwelcome |= is_unwelcome(&message.to_string());
        let changes = absorb(&mut state, &said);
        let heard = tone_of(message.as_str());
        state.manner.hear(heard, changes.answers);
        state.rooms_wanted = said.rooms_wanted.or(state.rooms_wanted);
        Self {
            tx,
            desk,
            groups: house.groups,
            services: house.services,
            message,
            said,
            state,
            asked,
            changes,
            heard,
            session_heard: false,
            offered,
            done: Done::default(),
        }
    }

    pub(super) async fn run(mut self) -> Result<Finished, ToolError> {
        self.absorb_session();
        let step = self.session_step(next_step(&self.state, &self.said, self.changes));
        let (step, text) = match urgent(&self.message.to_string()) {
            Some(Urgent::Danger) => (Step::HandOver, self.raise_alarm().await?),
            Some(Urgent::WhoStays) => (Step::Capabilities, self.talk(replies::never_who_stays())),
            None if self.message.had_card_number() => (step, self.refuse_card(step).await?),
            None => return self.serve(step).await,
        };
        Ok(self.end(step, text))
    }

    /// Takes a step and answers with what it says.
    pub(super) async fn finish(mut self, step: Step) -> Result<Finished, ToolError> {
        let (step, text) = self.take_with_offers(step).await?;
        let text = self.look_after(step, text).await?;
        Ok(self.end(step, text))
    }

    /// Answers with these words.
    pub(super) fn end(mut self, step: Step, text: String) -> Finished {
        self.state.last_reply.clone_from(&text);
        let tone = self.tone_noted();
        let reply = Reply {
            entities: entities::of(&self.state, &self.said, self.done.language),
            actions: self.done.actions,
            booking: self.done.booking,
            lead_id: self.done.lead,
            end_call: self.done.end_call,
            hand_over: self.done.hand_over,
            ..Reply::saying(text, intent_label(step, &self.said))
        };
        Finished {
            state: self.state,
            reply,
            pay: self.done.pay,
            tools: self.done.tools,
            tone,
            rules: self.done.rules,
        }
    }

    pub(super) async fn take(&mut self, step: Step) -> Said {
        match step {
            Step::Greet => {
                let words = self.greeting();
                Ok(self.talk(words))
            }
            Step::Welcome => Ok(replies::welcome(self.voice())),
            Step::Farewell => {
                self.done.end_call = true;
                Ok(replies::farewell(self.desk.property, self.voice()))
            }
            Step::Capabilities => Ok(self.off_topic()),
            Step::Repeat => Ok(self.repeat()),
            Step::Noted => Ok(self.note()),
            Step::Explain(fault) => Ok(self.explain(fault)),
            Step::Advance | Step::PriceGuide if self.sells_sessions() => {
                self.advance_session().await
            }
            Step::Book if self.sells_sessions() => self.book_session().await,
            Step::LookUp if self.is_about_session() => self.look_up_session().await,
            Step::OfferCancellation if self.is_about_session() => {
                self.offer_session_cancellation().await
            }
            Step::Cancel if self.is_about_session() => self.cancel_session().await,
            Step::SendPaymentLink if self.is_about_session() => {
                Ok(self.talk(replies::session_not_paid_here()))
            }
            Step::Advance => self.advance().await,
            Step::PriceGuide => self.price_guide().await,
            Step::Book => self.book().await,
            Step::AskWhatToChange => Ok(self.ask_what_to_change()),
            Step::Wait => Ok("Take your time. Nothing is booked until you say yes.".to_owned()),
            Step::Abandon => Ok(self.abandon()),
            Step::AlreadyBooked => Ok(self.already_booked()),
            Step::Answer => self.answer().await,
            Step::LookUp => self.look_up().await,
            Step::OfferCancellation => self.offer_cancellation().await,
            Step::Cancel => self.cancel().await,
            Step::KeepBooking => Ok(self.keep_booking()),
            Step::ExplainChange => Ok(replies::explain_change(self.voice())),
            Step::SendPaymentLink => self.send_payment_link().await,
            Step::HandOver => self.hand_over().await,
            Step::TakeLead => self.take_lead().await,
        }
    }

    /// Runs a tool and notes what came of it.
    pub(super) async fn use_tool<T: Tool>(
        &mut self,
        input: T::Input,
    ) -> Result<T::Output, ToolError> {
        let arguments = serde_json::to_value(&input).unwrap_or_default();
        let began = Instant::now();
        let result = T::run(self.tx, &self.desk, input).await;
        let outcome = match &result {
            Ok(output) => T::outcome(output),
            Err(error) => error.code().to_owned(),
        };
        self.done.tools.push(ToolUsed {
            name: T::NAME.to_owned(),
            arguments,
            outcome: outcome.clone(),
            took_ms: micros(began.elapsed()) / 1_000,
            result: Value::Null,
        });
        self.done.actions.push(ActionTaken {
            tool: T::NAME.to_owned(),
            outcome,
        });
        result
    }

    pub(super) fn sells_rooms(&self) -> bool {
        !self.groups.is_empty()
    }

    /// Whether the same thing is being asked again because the answer could not be read.
    pub(super) fn asks_again(&self, slot: Slot) -> bool {
        let tried =
            matches!(self.said.intent, Intent::Inform | Intent::Other) && !self.said.is_question;
        self.asked == Some(slot)
            && tried
            && !self.changes.answers
            && !self.changes.stay
            && !self.changes.contact
    }

    /// Asks for something; the next message is read as its answer.
    pub(super) fn ask(&mut self, slot: Slot) -> String {
        let again = self.asks_again(slot);
        self.done.failed |= again;
        self.state.expecting = Some(slot);
        replies::ask(slot, again, self.voice())
    }

    /// Words on the side, then what was asked before, once more.
    pub(super) fn talk(&mut self, words: String) -> String {
        match self.pending_question() {
            Some(question) => format!("{words}\n{question}"),
            None => words,
        }
    }

    /// What was asked before this message and still is.
    pub(super) fn pending_question(&self) -> Option<String> {
        if self.sells_sessions()
            && self.state.read_back.is_none()
            && let Some(question) = self.session_question()
        {
            return Some(question);
        }
        let slot = self.state.expecting?;
        match (&self.state.read_back, &self.state.cancelling) {
            (Some(read_back), None) if slot == Slot::Confirmation => {
                Some(replies::ask_to_confirm(read_back))
            }
            (_, Some(offer)) if slot == Slot::Confirmation => {
                Some(format!("Shall I cancel booking {}?", offer.code))
            }
            _ => Some(replies::ask(slot, false, self.voice())),
        }
    }

    fn off_topic(&mut self) -> String {
        self.done.failed = true;
        let (rooms, voice) = (self.sells_rooms(), self.voice());
        let words = match self.said.intent {
            Intent::Other if self.said.confidence > 50 => {
                replies::capabilities(self.desk.property, rooms, voice)
            }
            _ => replies::not_understood(rooms, voice),
        };
        let words = self.in_english_only(words);
        self.talk(words)
    }

    /// Words to somebody who was not understood: first in their own language, where that is another.
    pub(super) fn in_english_only(&mut self, words: String) -> String {
        self.done.language = match self.desk.channel {
            // Who transcribes a call listens for English.
            Channel::Phone => None,
            _ => foreign_language(&self.message.to_string()),
        };
        match self.done.language {
            Some(language) => format!("{}\n{words}", replies::only_english(language)),
            None => words,
        }
    }

    fn repeat(&self) -> String {
        match self.state.last_reply.is_empty() {
            true => self.greeting(),
            false => self.state.last_reply.clone(),
        }
    }

    pub(super) fn note(&mut self) -> String {
        if self.sells_rooms() {
            self.state.expecting = Some(Slot::Dates);
        }
        replies::hello_name(self.state.contact.name.as_ref())
    }

    pub(super) fn abandon(&mut self) -> String {
        self.state.forget_booking();
        self.state.upsell.taken.clear();
        self.state.cancelling = None;
        "All right, I've dropped that; nothing was booked. Is there anything else?".to_owned()
    }

    fn already_booked(&self) -> String {
        match &self.state.booked {
            Some(booked) => format!(
                "You're all set: your booking code is {}. Is there anything else?",
                booked.code
            ),
            None => self.greeting(),
        }
    }
}

/// What a program is told the guest wanted: details and answers serve what is being worked on.
fn intent_label(step: Step, said: &Understanding) -> &'static str {
    let intent = match (step, said.intent) {
        (Step::Advance, Intent::Book | Intent::Availability | Intent::Price) => said.intent,
        (Step::Advance | Step::Explain(_) | Step::Book | Step::AskWhatToChange | Step::Wait, _) => {
            Intent::Book
        }
        (Step::HandOver, _) => Intent::Human,
        (Step::LookUp, _) => Intent::MyBooking,
        (Step::OfferCancellation | Step::Cancel | Step::KeepBooking, _) => Intent::Cancel,
        (Step::SendPaymentLink, _) => Intent::Pay,
        (Step::TakeLead, Intent::Inform | Intent::Other) => Intent::LeaveDetails,
        (_, intent) => intent,
    };
    intent.as_str()
}
