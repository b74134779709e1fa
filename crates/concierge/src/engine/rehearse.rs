use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use motel_conversations::{
    Conversation, ConversationError, GuestTurn, ModelUse, NewTurnRecord, Reply, ResponderError,
    Turn as SaidTurn,
};
use motel_db::{DbError, TenantTx};
use motel_kernel::{FixedClock, TenantId};
use motel_shadow::commands::note_spending;
use motel_shadow::{Candidate, Told};
use motel_tenancy::Property;
use tracing::Instrument;

use super::cast::understudy;
use super::journal::Journal;
use super::stage::{Stage, Work};
use super::trial::Trial;
use super::turn::Finished;
use super::{Answered, Concierge, fault, heard};
use crate::queries::{model_settings, used_since};
use crate::rehearsal::{PastTurn, told_of};
use crate::tools::CreatePaymentLink;

/// What somebody would have answered.
#[derive(Debug, Clone)]
pub struct Rehearsed {
    /// The answer. Where a link to pay by would have been sent, it says so in its place.
    pub reply: Reply,
    /// What it does and quotes, to be compared.
    pub told: Told,
    /// How it came about: by whom, with which tools, how long it took, what a model used, and why it was none.
    pub record: NewTurnRecord,
}

/// Why nothing was rehearsed.
#[derive(Debug, thiserror::Error)]
pub enum RehearsalError {
    /// A language model is to be tried, and the business has named no service that has some.
    #[error("the business has chosen no service with language models")]
    NoModel,
    /// Half of what a day has was used; the rest is for guests.
    #[error("half of the day's budget is used, and the rest is for guests")]
    Budget,
    /// It took too long.
    #[error("it took longer than there is time")]
    OutOfTime,
    /// Something broke.
    #[error("the turn could not be rehearsed")]
    Fault(#[from] ResponderError),
}

/// How long a rehearsal may take: a job is ended for being slow soon after.
const PATIENCE: Duration = Duration::from_secs(45);

/// What stands where a link would.
const LINK: &str = "(A link to pay by is sent here.)";

impl Concierge {
    /// Answers a guest's words of a saved conversation once more, as of then and by whoever is to be tried. Nothing that is done for it
    /// stands: no booking, no letter, no link, no turn. Only what a model used is noted, as it counts in the day's budget.
    ///
    /// # Errors
    /// Every [`RehearsalError`].
    pub async fn rehearse(
        &self,
        tenant: TenantId,
        property: &Property,
        past: &PastTurn,
        candidate: &Candidate,
    ) -> Result<Rehearsed, RehearsalError> {
        let tx = self.db.tenant(tenant).await.map_err(fault)?;
        let chosen = model_settings(&tx).await.map_err(fault)?;
        tx.commit().await.map_err(fault)?;
        let model = understudy(chosen.map(|settings| settings.choice), candidate);
        let model = model.ok_or(RehearsalError::NoModel)?;
        if model.is_some() && self.models.is_none() {
            return Err(RehearsalError::NoModel);
        }
        let then = Self {
            clock: Arc::new(FixedClock::at(past.at)),
            ..self.clone()
        };
        let turn = GuestTurn {
            tenant,
            property,
            conversation: past.conversation.id,
            channel: past.conversation.channel,
            message: &past.message,
        };
        if let Some(player) = &model {
            let tx = &mut self.db.tenant(tenant).await.map_err(fault)?;
            let used = used_since(tx, self.midnight(&turn)).await;
            if !player.choice.leaves_half(used.map_err(fault)?) {
                return Err(RehearsalError::Budget);
            }
        }
        let stage = Rehearsal {
            concierge: &then,
            turn: &turn,
            past,
        };
        let mut journal = Journal::begin(past.at);
        let span = tracing::info_span!("rehearsal", %tenant, conversation = %past.conversation.id);
        let finding = then
            .find_answer(&stage, &turn, model.as_ref(), &mut journal)
            .instrument(span);
        let found = tokio::time::timeout(PATIENCE, finding).await;
        // Also what was used in vain.
        self.note_use(tenant, &journal).await?;
        let Answered { reply, pay } = found.map_err(|_| RehearsalError::OutOfTime)??;
        Ok(rehearsed(reply, pay.is_some(), &journal))
    }

    async fn note_use(&self, tenant: TenantId, journal: &Journal) -> Result<(), ResponderError> {
        let used = journal.used_with(ModelUse::default());
        if used.tokens == 0 {
            return Ok(());
        }
        let mut tx = self.db.tenant(tenant).await.map_err(fault)?;
        note_spending(&mut tx, used, self.wall.now())
            .await
            .map_err(fault)?;
        tx.commit().await.map_err(fault)
    }
}

fn rehearsed(mut reply: Reply, pays: bool, journal: &Journal) -> Rehearsed {
    let record = journal.record();
    if pays && reply.booking.is_some() {
        reply.text = format!("{}\n{LINK}", reply.text);
    } else if pays {
        LINK.clone_into(&mut reply.text);
    }
    let mut told = told_of(&record.details, &reply.text);
    if pays {
        told.tools.push(motel_shadow::ToolUse {
            name: CreatePaymentLink::NAME.to_owned(),
            arguments: serde_json::Value::Null,
        });
    }
    Rehearsed {
        reply,
        told,
        record,
    }
}

/// Behind the curtain: nothing that is done here is kept, since nothing here could.
struct Rehearsal<'a> {
    concierge: &'a Concierge,
    turn: &'a GuestTurn<'a>,
    past: &'a PastTurn,
}

struct TrialWork<'a> {
    trial: Trial,
    turn: &'a GuestTurn<'a>,
}

#[async_trait]
impl Stage for Rehearsal<'_> {
    async fn open(&self) -> Result<Box<dyn Work + '_>, DbError> {
        let trial = Trial::begin(&self.concierge.db, self.turn.tenant).await?;
        Ok(Box::new(TrialWork {
            trial,
            turn: self.turn,
        }))
    }

    async fn look(
        &self,
        _: &mut TenantTx,
    ) -> Result<(Conversation, Vec<SaidTurn>), ConversationError> {
        let PastTurn {
            conversation,
            before,
            ..
        } = self.past;
        Ok((conversation.clone(), before.clone()))
    }

    async fn hold(&self, _: &mut TenantTx) -> Result<Conversation, ConversationError> {
        Ok(self.past.conversation.clone())
    }
}

#[async_trait]
impl Work for TrialWork<'_> {
    fn tx(&mut self) -> &mut TenantTx {
        self.trial.tx()
    }

    async fn end(self: Box<Self>) -> Result<(), DbError> {
        Ok(())
    }

    async fn keep(
        self: Box<Self>,
        _: &Conversation,
        finished: Finished,
        journal: &mut Journal,
    ) -> Result<Answered, ResponderError> {
        let Finished {
            reply, pay, tools, ..
        } = finished;
        tools.into_iter().for_each(|tool| journal.used(tool));
        let reply = heard(reply, self.turn.channel);
        Ok(Answered { reply, pay })
    }
}
