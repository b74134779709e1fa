use super::turn::{Said, Turn};
use crate::dialogue::{CancellationReadBack, Topic};
use crate::replies;
use crate::tools::{
    AppointmentSeen, BookingProof, CancelAppointment, LookUpAppointment, ToolError,
};
use crate::understanding::Slot;

/// What came of asking for an appointment's proof.
enum Proved {
    Seen(Box<AppointmentSeen>),
    /// Something is missing or wrong; these are the words.
    NotYet(String),
}

impl Turn<'_> {
    /// Whether the booking that is spoken of is an appointment.
    pub(super) fn is_about_session(&self) -> bool {
        let subject = &self.state.subject;
        match self.sells_rooms() {
            true => subject.code.is_some() && subject.code == subject.appointment,
            false => self.sells_sessions(),
        }
    }

    /// Shows an appointment to who proves to be its guest.
    pub(super) async fn look_up_session(&mut self) -> Said {
        match self.prove_session(Topic::LookUp).await? {
            Proved::NotYet(words) => Ok(words),
            Proved::Seen(seen) => {
                self.settle();
                Ok(replies::session_seen(&seen, self.desk.property))
            }
        }
    }

    /// Says what calling off costs and asks for a yes.
    pub(super) async fn offer_session_cancellation(&mut self) -> Said {
        self.state.cancelling = None;
        let seen = match self.prove_session(Topic::Cancelling).await? {
            Proved::NotYet(words) => return Ok(words),
            Proved::Seen(seen) => seen,
        };
        if seen.appointment.cancelled_at.is_some() {
            self.settle();
            return Ok(replies::session_seen(&seen, self.desk.property));
        }
        self.state.cancelling = Some(CancellationReadBack {
            code: seen.appointment.code.clone(),
            email: seen.appointment.booker.email.clone(),
            fee: seen.fee_now,
        });
        self.state.expecting = Some(Slot::Confirmation);
        Ok(replies::session_cancellation_offer(
            &seen,
            self.desk.property,
        ))
    }

    /// Calls off what was read back, unless it costs more by now.
    pub(super) async fn cancel_session(&mut self) -> Said {
        let Some(offer) = self.state.cancelling.take() else {
            return self.offer_session_cancellation().await;
        };
        let proof = BookingProof {
            code: offer.code,
            email: offer.email,
        };
        let seen = self.use_tool::<LookUpAppointment>(proof.clone()).await;
        if seen.is_ok_and(|seen| seen.fee_now != offer.fee) {
            let words = self.offer_session_cancellation().await?;
            return Ok(format!(
                "The cost of cancelling has changed meanwhile. {words}"
            ));
        }
        self.settle();
        match self.use_tool::<CancelAppointment>(proof).await {
            Ok(done) => {
                self.state.booked = None;
                self.state.subject = crate::dialogue::State::default().subject;
                Ok(replies::session_cancelled(&done.appointment))
            }
            Err(ToolError::Refused { reason, .. }) => Ok(format!("I can't cancel it: {reason}.")),
            Err(fault) => Err(fault),
        }
    }

    async fn prove_session(&mut self, topic: Topic) -> Result<Proved, ToolError> {
        let proof = match self.proof(topic) {
            Ok(proof) => proof,
            Err(question) => return Ok(Proved::NotYet(question)),
        };
        match self.use_tool::<LookUpAppointment>(proof).await {
            Ok(seen) => Ok(Proved::Seen(Box::new(seen))),
            Err(ToolError::Refused { .. }) => Ok(Proved::NotYet(self.not_proved())),
            Err(fault) => Err(fault),
        }
    }
}
