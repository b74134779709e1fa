use super::turn::{Said, Turn};
use crate::dialogue::{CancellationReadBack, Step, Topic};
use crate::replies;
use crate::tools::{BookingProof, BookingSeen, CancelBooking, LookUpBooking, ToolError};
use crate::understanding::Slot;

/// What came of asking for a booking's proof.
enum Proved {
    Seen(Box<BookingSeen>),
    /// Something is missing or wrong; these are the words.
    NotYet(String),
}

impl Turn<'_> {
    /// Shows a booking to who proves to be its guest.
    pub(super) async fn look_up(&mut self) -> Said {
        match self.prove(Topic::LookUp).await? {
            Proved::NotYet(words) => Ok(words),
            Proved::Seen(seen) => {
                self.settle();
                Ok(replies::seen(&seen))
            }
        }
    }

    /// Says what cancelling costs and asks for a yes.
    pub(super) async fn offer_cancellation(&mut self) -> Said {
        self.state.cancelling = None;
        let seen = match self.prove(Topic::Cancelling).await? {
            Proved::NotYet(words) => return Ok(words),
            Proved::Seen(seen) => seen,
        };
        if seen.booking.cancellation().is_some() {
            self.settle();
            return Ok(replies::seen(&seen));
        }
        self.state.cancelling = Some(CancellationReadBack {
            code: seen.booking.code.clone(),
            email: seen.booking.booker.email.clone(),
            fee: seen.fee_now,
        });
        self.state.expecting = Some(Slot::Confirmation);
        Ok(replies::cancellation_offer(&seen))
    }

    /// Cancels what was read back, unless it costs more by now.
    pub(super) async fn cancel(&mut self) -> Said {
        let Some(offer) = self.state.cancelling.take() else {
            return self.offer_cancellation().await;
        };
        let proof = BookingProof {
            code: offer.code,
            email: offer.email,
        };
        let seen = self.use_tool::<LookUpBooking>(proof.clone()).await;
        if seen.is_ok_and(|seen| seen.fee_now != offer.fee) {
            let words = self.offer_cancellation().await?;
            return Ok(format!(
                "The cost of cancelling has changed meanwhile. {words}"
            ));
        }
        self.settle();
        match self.use_tool::<CancelBooking>(proof).await {
            Ok(done) => {
                self.state.booked = None;
                self.state.subject = crate::dialogue::State::default().subject;
                Ok(replies::cancelled(&done))
            }
            Err(ToolError::Refused { reason, .. }) => Ok(format!("I can't cancel it: {reason}.")),
            Err(fault) => Err(fault),
        }
    }

    pub(super) fn keep_booking(&mut self) -> String {
        let code = self
            .state
            .cancelling
            .take()
            .map(|offer| format!("Booking {} stays", offer.code));
        self.settle();
        format!(
            "All right. {} as it is.",
            code.unwrap_or_else(|| "Everything stays".to_owned())
        )
    }

    /// Leaves the making of a payment link to the engine, once the booking is proved.
    pub(super) async fn send_payment_link(&mut self) -> Said {
        match self.prove(Topic::Paying).await? {
            Proved::NotYet(words) => Ok(words),
            Proved::Seen(seen) => {
                self.settle();
                self.done.pay = Some(seen.booking.id);
                Ok(replies::seen(&seen))
            }
        }
    }

    /// A card number was hidden before it came here. A booking is gone on with, and who has booked in this conversation gets the
    /// link to pay by; nothing is booked or cancelled on the word of such a message.
    pub(super) async fn refuse_card(&mut self, step: Step) -> Said {
        let words = replies::no_card_numbers();
        let has_booked = self.state.booked.is_some() && self.state.expecting.is_none();
        let more = match step {
            Step::Advance | Step::SendPaymentLink => self.take(step).await?,
            _ if has_booked => self.send_payment_link().await?,
            _ => return Ok(self.talk(words)),
        };
        Ok(format!("{words}\n{more}"))
    }

    pub(super) fn settle(&mut self) {
        self.state.topic = Topic::None;
        self.state.expecting = None;
    }

    /// Code and e-mail address together prove a booking; one made in this very conversation is proved already.
    async fn prove(&mut self, topic: Topic) -> Result<Proved, ToolError> {
        let proof = match self.proof(topic) {
            Ok(proof) => proof,
            Err(question) => return Ok(Proved::NotYet(question)),
        };
        match self.use_tool::<LookUpBooking>(proof).await {
            Ok(seen) => Ok(Proved::Seen(Box::new(seen))),
            Err(ToolError::Refused { .. }) => Ok(Proved::NotYet(self.not_proved())),
            Err(fault) => Err(fault),
        }
    }

    /// What the guest has said to prove a booking or an appointment, or the question for what is missing.
    pub(super) fn proof(&mut self, topic: Topic) -> Result<BookingProof, String> {
        self.state.topic = topic;
        self.state.read_back = None;
        let here = self.state.booked.clone();
        let subject = &mut self.state.subject;
        if let Some(here) =
            here.filter(|here| subject.code.as_ref().is_none_or(|code| *code == here.code))
        {
            subject.code = Some(here.code);
            subject.email = subject.email.take().or(Some(here.email));
        }
        match (subject.code.clone(), subject.email.clone()) {
            (None, _) => Err(self.ask(Slot::Code)),
            (_, None) => {
                let question = self.ask(Slot::Email);
                Err(format!(
                    "To be sure it is yours: {}",
                    lower_first(&question)
                ))
            }
            (Some(code), Some(email)) => Ok(BookingProof { code, email }),
        }
    }

    /// Code and e-mail address do not go together: both are asked anew.
    pub(super) fn not_proved(&mut self) -> String {
        self.state.subject.email = None;
        self.state.expecting = Some(Slot::Code);
        self.done.failed = true;
        replies::not_found()
    }
}

fn lower_first(sentence: &str) -> String {
    let mut chars = sentence.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(chars).collect()
    })
}
