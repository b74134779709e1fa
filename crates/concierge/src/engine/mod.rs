//! One message in, one answer out: by the built-in engine, or by a language model and by the built-in engine where that does not answer.

mod booking;
mod built_in;
mod cast;
mod entities;
mod hand_over;
mod house;
mod journal;
mod lead;
mod model;
mod rehearse;
mod session;
mod session_subject;
mod session_words;
mod stage;
mod subject;
mod summary;
mod tone;
mod trial;
mod turn;
mod upsell;

use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, NaiveTime, Utc};
use motel_billing::PaymentDesk;
use motel_conversations::commands::{record_answer, record_turn, save_state};
use motel_conversations::{
    ActionTaken, Channel, Conversation, ConversationError, GuestTurn, NewTurn, Reply, Responder,
    ResponderError, Speaker, Turn as RecordedTurn,
};
use motel_db::{Db, TenantTx};
use motel_inventory::UnitGroup;
use motel_kernel::{BookingId, Clock, local_instant};
use motel_llm::Embedder;
use motel_shadow::queries::candidate;

use self::built_in::BuiltIn;
use self::cast::{Cast, Player};
use self::journal::Journal;
use self::model::{ByModel, Fallback};
pub use self::model::{ModelDesk, PromptPreview, preview};
pub use self::rehearse::{RehearsalError, Rehearsed};
use self::stage::{Live, Stage};
use self::turn::Finished;
use crate::dialogue::State;
use crate::events::AnswerToScore;
use crate::queries::model_settings;
use crate::replies;
use crate::tools::{CreatePaymentLink, Desk, ToolError};
use crate::understanding::{Context, DateOrder, GroupName, Understanding, understand};

/// Something that finds answers.
#[async_trait]
trait Engine: Send + Sync {
    /// Finds an answer, does what belongs to it and records it, all or nothing. A payment link is still to be made when one is returned.
    async fn answer(
        &self,
        turn: &GuestTurn<'_>,
        journal: &mut Journal,
    ) -> Result<Answered, Declined>;
}

/// An answer that was recorded, unless a payment link is still to go with it.
struct Answered {
    reply: Reply,
    pay: Option<BookingId>,
}

/// Why an engine found no answer. Nothing was done then.
enum Declined {
    /// Another engine is to answer.
    Fallback(Fallback),
    /// Nobody can.
    Fault(ResponderError),
}

impl From<Fallback> for Declined {
    fn from(fallback: Fallback) -> Self {
        Self::Fallback(fallback)
    }
}

/// The concierge: it implements [`Responder`], and needs no model. Cheap to clone.
///
/// A message is answered in two transactions: the guest's words are recorded in the first, whatever happens later; the
/// second holds the conversation, runs the tools, saves the state and records the answer. Only a payment link takes a
/// third step, since a gateway must not be asked inside a transaction.
#[derive(Clone)]
pub struct Concierge {
    db: Db,
    clock: Arc<dyn Clock>,
    /// The real one, also while another moment is rehearsed.
    wall: Arc<dyn Clock>,
    embedder: Arc<dyn Embedder>,
    payments: Option<PaymentDesk>,
    models: Option<ModelDesk>,
}

impl Concierge {
    /// A concierge; without a payment desk it says that it can't send payment links.
    pub fn new(
        db: Db,
        clock: Arc<dyn Clock>,
        embedder: Arc<dyn Embedder>,
        payments: Option<PaymentDesk>,
    ) -> Self {
        Self {
            db,
            wall: clock.clone(),
            clock,
            embedder,
            payments,
            models: None,
        }
    }

    /// The same, which asks the language model that a business has chosen.
    #[must_use]
    pub fn with_models(self, models: ModelDesk) -> Self {
        Self {
            models: Some(models),
            ..self
        }
    }

    fn desk<'a>(&'a self, turn: &GuestTurn<'a>) -> Desk<'a> {
        Desk {
            property: turn.property,
            now: turn.property.now(&*self.clock),
            conversation: turn.conversation,
            channel: turn.channel,
            embedder: &*self.embedder,
        }
    }

    /// Records the guest's words, and says who is to answer.
    async fn record_guest(
        &self,
        turn: &GuestTurn<'_>,
        journal: &mut Journal,
    ) -> Result<Cast, ResponderError> {
        let mut tx = self.db.tenant(turn.tenant).await.map_err(fault)?;
        let words = NewTurn::said(Speaker::Guest, turn.message.as_str());
        let said = record_turn(&mut tx, turn.conversation, words)
            .await
            .map_err(conversation_fault)?;
        let (settings, tried) = match self.models {
            Some(_) => {
                tokio::try_join!(async { model_settings(&tx).await.map_err(fault) }, async {
                    candidate(&tx).await.map_err(fault)
                },)?
            }
            None => (None, None),
        };
        tx.commit().await.map_err(fault)?;
        let cast = Cast::of(settings, tried, turn.conversation);
        journal.answers(said.seq, cast.trial.clone());
        Ok(cast)
    }

    /// What the message means, as of now.
    fn understand(
        &self,
        turn: &GuestTurn<'_>,
        groups: &[UnitGroup],
        state: &State,
    ) -> Understanding {
        let names = group_names(groups);
        let context = Context {
            today: self.desk(turn).today(),
            order: DateOrder::of_country(&turn.property.address.country),
            expecting: state.expecting,
            arrival: state.arrival(),
            groups: &names,
        };
        understand(turn.message.as_str(), &context)
    }

    /// When the day began at the property, by the real clock: what is spent is spent on real days.
    fn midnight(&self, turn: &GuestTurn<'_>) -> DateTime<Utc> {
        let zone = turn.property.timezone;
        let today = self.wall.now().with_timezone(&zone).date_naive();
        local_instant(today, NaiveTime::MIN, zone)
    }

    /// Saves what is to be remembered and records the answer, with what was done for it, in one transaction.
    async fn keep(
        &self,
        mut tx: TenantTx,
        turn: &GuestTurn<'_>,
        conversation: &Conversation,
        finished: Finished,
        journal: &mut Journal,
    ) -> Result<Answered, ResponderError> {
        let Finished {
            state,
            reply,
            pay,
            tools,
            tone,
            rules,
        } = finished;
        journal.sounded(tone);
        journal.followed(&rules);
        for tool in tools {
            journal.used(tool);
        }
        journal.began_from(&conversation.engine_state);
        let reply = heard(reply, turn.channel);
        let stored = serde_json::to_value(&state).map_err(fault)?;
        match pay {
            // It is recorded with the payment link that is still to go with it.
            Some(_) => save_state(&mut tx, conversation, stored)
                .await
                .map_err(conversation_fault)?,
            None => {
                let words = NewTurn::replied(&reply).recorded(journal.record());
                let recording = record_answer(&mut tx, conversation, stored, words);
                let answer = recording.await.map_err(conversation_fault)?;
                have_scored(&mut tx, &answer, journal).await?;
            }
        }
        tx.commit().await.map_err(fault)?;
        Ok(Answered { reply, pay })
    }

    /// Finds an answer: the model's where one is named, and the built-in engine's where it has none.
    async fn find_answer(
        &self,
        stage: &dyn Stage,
        turn: &GuestTurn<'_>,
        model: Option<&Player>,
        journal: &mut Journal,
    ) -> Result<Answered, ResponderError> {
        if let Some(player) = model
            && let Some(answered) = self.ask_model(stage, turn, player, journal).await
        {
            return Ok(answered);
        }
        let engine = BuiltIn {
            concierge: self,
            stage,
        };
        match engine.answer(turn, journal).await {
            Ok(answered) => Ok(answered),
            Err(Declined::Fault(error)) => Err(error),
            Err(Declined::Fallback(why)) => Err(fault(why)),
        }
    }

    /// Asks the model that was chosen; nothing when the built-in engine is to answer.
    async fn ask_model(
        &self,
        stage: &dyn Stage,
        turn: &GuestTurn<'_>,
        player: &Player,
        journal: &mut Journal,
    ) -> Option<Answered> {
        let engine = ByModel {
            concierge: self,
            desk: self.models.as_ref()?,
            stage,
            choice: &player.choice,
            prompt: player.prompt,
        };
        match engine.answer(turn, journal).await {
            Ok(answered) => Some(answered),
            Err(Declined::Fallback(why)) => {
                tracing::info!(tenant = %turn.tenant, conversation = %turn.conversation, code = why.code(),
                    error = &why as &dyn std::error::Error, "the built-in engine answers in a model's place");
                journal.fell_back(why.code());
                None
            }
            Err(Declined::Fault(error)) => {
                tracing::error!(
                    error = &error as &dyn std::error::Error,
                    "a model's answer could not be kept"
                );
                journal.fell_back("internal");
                None
            }
        }
    }

    /// Makes the payment link and records the answer that carries it.
    async fn send_link(
        &self,
        turn: &GuestTurn<'_>,
        mut reply: Reply,
        booking: BookingId,
        journal: &Journal,
    ) -> Result<Reply, ResponderError> {
        let outcome = match &self.payments {
            None => Err(ToolError::refused(
                "payments_off",
                "I can't take payments here; please pay at the desk",
            )),
            Some(payments) => {
                CreatePaymentLink::run(payments, turn.tenant, &self.desk(turn), booking).await
            }
        };
        // The booking stands whether or not it can be paid now; only a guest who asked to pay hears why not.
        let just_booked = reply.booking.is_some();
        let action = match outcome {
            Ok(issued) => {
                let link = replies::payment_link(&issued.url, &replies::money(issued.link.amount));
                reply.text = match just_booked || turn.message.had_card_number() {
                    true => format!("{}\n{link}", reply.text),
                    false => link,
                };
                reply.payment_url = Some(issued.url);
                "done"
            }
            Err(error) if just_booked => {
                tracing::warn!(%booking, error = &error as &dyn std::error::Error, "no payment link for a new booking");
                error.code()
            }
            Err(ToolError::Refused { code, reason }) => {
                reply.text = format!("I can't send a payment link now: {reason}.");
                code
            }
            Err(error) => return Err(fault(error)),
        };
        reply.actions.push(ActionTaken {
            tool: CreatePaymentLink::NAME.to_owned(),
            outcome: action.to_owned(),
        });
        let mut tx = self.db.tenant(turn.tenant).await.map_err(fault)?;
        let words = NewTurn::replied(&reply).recorded(journal.record());
        let answer = record_turn(&mut tx, turn.conversation, words)
            .await
            .map_err(conversation_fault)?;
        have_scored(&mut tx, &answer, journal).await?;
        tx.commit().await.map_err(fault)?;
        Ok(reply)
    }
}

#[async_trait]
impl Responder for Concierge {
    async fn respond(&self, turn: GuestTurn<'_>) -> Result<Reply, ResponderError> {
        let mut journal = Journal::begin(self.clock.now());
        let cast = self.record_guest(&turn, &mut journal).await?;
        let stage = Live {
            concierge: self,
            turn: &turn,
        };
        let finding = self.find_answer(&stage, &turn, cast.model.as_ref(), &mut journal);
        match finding.await? {
            Answered { reply, pay: None } => Ok(reply),
            Answered {
                reply,
                pay: Some(booking),
            } => self.send_link(&turn, reply, booking, &journal).await,
        }
    }
}

/// Has an answer scored where somebody is tried out.
async fn have_scored(
    tx: &mut TenantTx,
    answer: &RecordedTurn,
    journal: &Journal,
) -> Result<(), ResponderError> {
    if !journal.is_scored() {
        return Ok(());
    }
    let given = AnswerToScore {
        conversation_id: answer.conversation_id,
        seq: answer.seq,
    };
    motel_jobs::publish(tx, &given).await.map_err(fault)?;
    Ok(())
}

fn heard(reply: Reply, channel: Channel) -> Reply {
    match channel {
        Channel::Phone => Reply {
            text: replies::spoken(&reply.text),
            ..reply
        },
        _ => reply,
    }
}

fn group_names(groups: &[UnitGroup]) -> Vec<GroupName> {
    let name = |group: &UnitGroup| GroupName {
        code: group.code.clone(),
        name: group.name.clone(),
        synonyms: vec![group.beds.clone()],
    };
    groups.iter().map(name).collect()
}

fn fault(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> ResponderError {
    ResponderError::Fault(error.into())
}

fn conversation_fault(error: ConversationError) -> ResponderError {
    match error {
        ConversationError::NotFound(id) => ResponderError::UnknownConversation(id),
        other => fault(other),
    }
}
