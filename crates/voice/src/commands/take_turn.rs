use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_conversations::{
    Channel, GuestMessage, GuestTurn, NewTurn, Reply, ResponderError, Speaker,
};
use motel_db::{Acting, TenantTx};
use motel_kernel::CallId;
use motel_tenancy::Property;

use super::claim::{self, Claim};
use super::end_call::end_call;
use crate::model::{Answer, Call, CallStatus, Heard, KeysPressed, Provider, Then};
use crate::rules::{self, Screen};
use crate::schema::calls;
use crate::{CallDesk, VoiceError, queries};

/// Which turn of a call the caller takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhichTurn {
    /// The one of this number. Taken again, it is answered as before.
    Numbered(i32),
    /// The next one.
    Next,
}

/// Answers one turn of the caller. What was heard and said is stored as it happens.
///
/// It goes on to its end when the carrier no longer waits for it, so that a booking is never left half made and a
/// repeated request finds the answer.
///
/// # Errors
/// [`VoiceError::NoSuchCall`], [`VoiceError::TurnOutOfOrder`], or a fault. When the concierge fails, the caller is
/// asked to say it again; that is no error here.
pub async fn take_turn(
    desk: &CallDesk,
    property: &Property,
    call: CallId,
    which: WhichTurn,
    heard: Heard,
) -> Result<Answer, VoiceError> {
    let mut tx = desk.db.tenant(property.tenant_id).await?;
    let call = queries::find_locked(&mut tx, call).await?;
    let turn = match which {
        WhichTurn::Numbered(turn) => turn,
        WhichTurn::Next => claim::open_turn(&mut tx, &call).await?,
    };
    let turn = match claim::claim(&mut tx, &call, turn).await? {
        Claim::Settled(answer) => return Ok(answer),
        Claim::Ours(turn) => turn,
    };
    tx.commit().await?;
    let (desk, property) = (desk.clone(), property.clone());
    let answering = async move {
        Turn {
            desk: &desk,
            property: &property,
            call: &call,
            turn,
        }
        .answer(heard)
        .await
    };
    tokio::spawn(Acting::carried(answering)).await?
}

/// A turn that is ours to answer.
struct Turn<'a> {
    desk: &'a CallDesk,
    property: &'a Property,
    call: &'a Call,
    turn: i32,
}

impl Turn<'_> {
    async fn answer(&self, heard: Heard) -> Result<Answer, VoiceError> {
        match heard {
            Heard::Nothing => self.after_silence().await,
            Heard::Keys(keys) if keys.ask_for_a_person() => self.to_a_person(&keys).await,
            Heard::Keys(keys) => match GuestMessage::parse(keys.as_str()) {
                Ok(message) => self.by_the_concierge(&message).await,
                Err(_) => self.after_silence().await,
            },
            Heard::Speech(message) => self.by_the_concierge(&message).await,
        }
    }

    async fn after_silence(&self) -> Result<Answer, VoiceError> {
        let silences = self.call.silences.saturating_add(1);
        let answer = if silences > rules::MOST_REPROMPTS {
            Answer::hang_up(rules::silence())
        } else {
            Answer::listen(rules::reprompt(), self.next())
        };
        let mut tx = self.begin().await?;
        self.say(&mut tx, &answer).await?;
        self.settle(tx, &answer, silences).await?;
        Ok(answer)
    }

    async fn to_a_person(&self, keys: &KeysPressed) -> Result<Answer, VoiceError> {
        let answer = Answer::hang_up(rules::hand_over(self.call.from_number.as_deref()));
        let conversation = self.call.conversation_id;
        let mut tx = self.begin().await?;
        let pressed = NewTurn::said(Speaker::Guest, keys.as_str());
        motel_conversations::commands::record_turn(&mut tx, conversation, pressed).await?;
        motel_conversations::commands::hand_over(&mut tx, conversation).await?;
        self.say(&mut tx, &answer).await?;
        self.settle(tx, &answer, 0).await?;
        Ok(answer)
    }

    async fn by_the_concierge(&self, message: &GuestMessage) -> Result<Answer, VoiceError> {
        let turn = GuestTurn {
            tenant: self.property.tenant_id,
            property: self.property,
            conversation: self.call.conversation_id,
            channel: Channel::Phone,
            message,
        };
        let reply = self.desk.responder.respond(turn).await;
        let mut tx = self.begin().await?;
        let answer = match reply {
            Ok(reply) => self.spoken(&reply),
            Err(error) => {
                note_failure(self.call.id, &error);
                let answer = Answer::listen(rules::no_answer(), self.next());
                self.say(&mut tx, &answer).await?;
                answer
            }
        };
        self.settle(tx, &answer, 0).await?;
        Ok(answer)
    }

    fn spoken(&self, reply: &Reply) -> Answer {
        let screen = match self.call.provider {
            Provider::Simulated => Screen::Shown,
            Provider::Twilio => Screen::None,
        };
        let then = if reply.end_call {
            Then::HangUp
        } else {
            Then::Listen { turn: self.next() }
        };
        Answer {
            text: rules::spoken(&reply.text, screen),
            payment_url: reply.payment_url.clone(),
            then,
        }
    }

    /// A transaction that holds the call before anything else, as ending it does: so the two never wait for each other.
    async fn begin(&self) -> Result<TenantTx, VoiceError> {
        let mut tx = self.desk.db.tenant(self.property.tenant_id).await?;
        queries::find_locked(&mut tx, self.call.id).await?;
        Ok(tx)
    }

    fn next(&self) -> i32 {
        self.turn.saturating_add(1)
    }

    /// Stores the desk's own words. The concierge stores its own.
    async fn say(&self, tx: &mut TenantTx, answer: &Answer) -> Result<(), VoiceError> {
        let said = NewTurn::said(Speaker::Concierge, answer.text.clone());
        motel_conversations::commands::record_turn(tx, self.call.conversation_id, said).await?;
        Ok(())
    }

    async fn settle(
        &self,
        mut tx: TenantTx,
        answer: &Answer,
        silences: i16,
    ) -> Result<(), VoiceError> {
        claim::keep(&mut tx, self.call.id, self.turn, answer).await?;
        diesel::update(calls::table.find((tx.tenant(), self.call.id)))
            .set(calls::silences.eq(silences))
            .execute(tx.conn())
            .await?;
        if answer.then == Then::HangUp {
            end_call(&mut tx, self.call.id, CallStatus::Completed).await?;
        }
        tx.commit().await?;
        Ok(())
    }
}

fn note_failure(call: CallId, error: &ResponderError) {
    let error: &dyn std::error::Error = error;
    tracing::error!(error, %call, "the concierge failed a caller");
}
