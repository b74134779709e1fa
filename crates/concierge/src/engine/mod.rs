//! The built-in engine: one message in, one answer out.

mod booking;
mod entities;
mod house;
mod lead;
mod subject;
mod turn;

use std::sync::Arc;

use async_trait::async_trait;
use motel_billing::PaymentDesk;
use motel_conversations::commands::{record_turn, save_state};
use motel_conversations::queries::load_for_update;
use motel_conversations::{
    ActionTaken, Channel, Conversation, ConversationError, GuestTurn, NewTurn, Reply, Responder,
    ResponderError, Speaker,
};
use motel_db::Db;
use motel_inventory::UnitGroup;
use motel_kernel::{BookingId, Clock};
use motel_llm::Embedder;

use self::turn::{Finished, Turn};
use crate::dialogue::State;
use crate::replies;
use crate::tools::{CreatePaymentLink, Desk, ToolError};
use crate::understanding::{Context, DateOrder, GroupName, understand};

/// The concierge that needs no model: it implements [`Responder`]. Cheap to clone.
///
/// A message is answered in two transactions: the guest's words are recorded in the first, whatever happens later; the
/// second holds the conversation, runs the tools, saves the state and records the answer. Only a payment link takes a
/// third step, since a gateway must not be asked inside a transaction.
#[derive(Clone)]
pub struct Concierge {
    db: Db,
    clock: Arc<dyn Clock>,
    embedder: Arc<dyn Embedder>,
    payments: Option<PaymentDesk>,
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
            clock,
            embedder,
            payments,
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

    async fn record_guest(&self, turn: &GuestTurn<'_>) -> Result<(), ResponderError> {
        let mut tx = self.db.tenant(turn.tenant).await.map_err(fault)?;
        let words = NewTurn::said(Speaker::Guest, turn.message.as_str());
        record_turn(&mut tx, turn.conversation, words)
            .await
            .map_err(conversation_fault)?;
        tx.commit().await.map_err(fault)
    }

    /// Understands, acts and answers in one transaction. A payment link is still to be made when one is returned.
    async fn answer(
        &self,
        turn: &GuestTurn<'_>,
    ) -> Result<(Reply, Option<BookingId>), ResponderError> {
        let desk = self.desk(turn);
        let mut tx = self.db.tenant(turn.tenant).await.map_err(fault)?;
        let conversation: Conversation = load_for_update(&mut tx, turn.conversation)
            .await
            .map_err(conversation_fault)?;
        let groups = motel_inventory::queries::unit_groups(&mut tx, turn.property.id)
            .await
            .map_err(fault)?;
        let state = State::read(&conversation.engine_state);
        let names = group_names(&groups);
        let context = Context {
            today: desk.today(),
            order: DateOrder::of_country(&turn.property.address.country),
            expecting: state.expecting,
            arrival: state.arrival(),
            groups: &names,
        };
        let said = understand(turn.message.as_str(), &context);
        let finished = Turn::new(&mut tx, desk, &groups, turn.message, said, state)
            .run()
            .await
            .map_err(fault)?;
        let Finished { state, reply, pay } = finished;
        let reply = heard(reply, turn.channel);
        let stored = serde_json::to_value(&state).map_err(fault)?;
        save_state(&mut tx, &conversation, stored)
            .await
            .map_err(conversation_fault)?;
        if pay.is_none() {
            record_turn(&mut tx, turn.conversation, NewTurn::replied(&reply))
                .await
                .map_err(conversation_fault)?;
        }
        tx.commit().await.map_err(fault)?;
        Ok((reply, pay))
    }

    /// Makes the payment link and records the answer that carries it.
    async fn send_link(
        &self,
        turn: &GuestTurn<'_>,
        mut reply: Reply,
        booking: BookingId,
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
        record_turn(&mut tx, turn.conversation, NewTurn::replied(&reply))
            .await
            .map_err(conversation_fault)?;
        tx.commit().await.map_err(fault)?;
        Ok(reply)
    }
}

#[async_trait]
impl Responder for Concierge {
    async fn respond(&self, turn: GuestTurn<'_>) -> Result<Reply, ResponderError> {
        self.record_guest(&turn).await?;
        match self.answer(&turn).await? {
            (reply, None) => Ok(reply),
            (reply, Some(booking)) => self.send_link(&turn, reply, booking).await,
        }
    }
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
