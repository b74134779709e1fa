use std::sync::Arc;

use chrono::{NaiveTime, Utc};
use motel_appointments::AppointmentError;
use motel_billing::PaymentDesk;
use motel_bookings::BookingError;
use motel_concierge::tools::{self, Called, CreatePaymentLink, Desk, Sold, ToolError, view};
use motel_conversations::commands::record_turn;
use motel_conversations::{ActionTaken, Channel, NewTurn, Speaker};
use motel_db::{Db, TenantTx};
use motel_kernel::{ApiKeyId, BookingCode, Clock, ConversationId, TenantId, local_instant};
use motel_llm::Embedder;
use motel_tenancy::{Permissions, Property};
use serde_json::{Map, Value, json};

use crate::catalogue::{OFFERED, Offered, Way, offered};
use crate::error::Stop;
use crate::rules::{About, Arguments, may_begin, may_book, said};
use crate::{Ceilings, McpError, Refusal, VisitId, commands, queries};

/// Who calls: an assistant that showed a key, and is here under a number.
#[derive(Debug, Clone, Copy)]
pub struct Assistant {
    /// Whose key it is.
    pub tenant: TenantId,
    /// The key.
    pub key: ApiKeyId,
    /// What the key permits.
    pub permissions: Permissions,
    /// Its stay at the desk.
    pub visit: VisitId,
}

/// A tool as an assistant is shown it.
#[derive(Debug, Clone)]
pub struct Listed {
    /// What it is.
    pub tool: &'static Offered,
    /// What it takes.
    pub input_schema: Map<String, Value>,
}

/// The desk at which assistants call the concierge's tools. Cheap to clone.
#[derive(Clone)]
pub struct AssistantDesk {
    db: Db,
    clock: Arc<dyn Clock>,
    embedder: Arc<dyn Embedder>,
    payments: Option<PaymentDesk>,
}

/// A call as it was read.
struct Call<'a> {
    who: &'a Assistant,
    tool: &'static Offered,
    arguments: Arguments,
    conversation: ConversationId,
    said: &'a str,
}

impl AssistantDesk {
    /// A desk; without a payment desk it makes no payment links.
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

    /// The tools that a key may call.
    ///
    /// # Errors
    /// The database failed.
    pub async fn listed(
        &self,
        tenant: TenantId,
        permissions: Permissions,
    ) -> Result<Vec<Listed>, McpError> {
        let mut tx = self.db.tenant(tenant).await?;
        let properties = motel_tenancy::queries::property_names(&mut tx).await?;
        tx.commit().await?;
        let listed = |tool: &'static Offered| Listed {
            tool,
            input_schema: tool.input_schema(&properties),
        };
        let may = OFFERED
            .iter()
            .filter(|tool| is_permitted(tool, permissions));
        Ok(may.map(listed).collect())
    }

    /// Calls a tool for an assistant: its answer, or why it did nothing. Either way the call stands in a conversation of the
    /// assistant's visit, where staff read it: one for each guest it names.
    ///
    /// A call that is only tried out does everything in a transaction and takes it back.
    ///
    /// # Errors
    /// [`Refusal`] with `forbidden`, `invalid_input`, `card_number`, a ceiling's code, or a code of the domain that said no; `internal`
    /// for what broke.
    pub async fn call(
        &self,
        who: &Assistant,
        name: &str,
        arguments: Map<String, Value>,
    ) -> Result<Value, Refusal> {
        let Some(tool) = offered(name) else {
            return Err(Refusal::new("unknown_tool", "there is no such tool"));
        };
        let said = said(tool.name, &arguments);
        let about = About::of(who.visit, &arguments);
        let conversation = self.conversation(who, &about).await;
        let conversation = conversation.map_err(|error| Stop::from(error).told(tool.name))?;
        let done = match self.read(who, tool, arguments, conversation, &said) {
            Ok(call) => self.act(&call).await,
            Err(refusal) => Err(refusal.into()),
        };
        let refusal = match done {
            Ok(value) => return Ok(value),
            Err(stop) => stop.told(tool.name),
        };
        let noted = self
            .note(who, tool, conversation, &said, refusal.code)
            .await;
        noted.map_err(|error| Stop::from(error).told(tool.name))?;
        Err(refusal)
    }

    fn read<'a>(
        &self,
        who: &'a Assistant,
        tool: &'static Offered,
        arguments: Map<String, Value>,
        conversation: ConversationId,
        said: &'a str,
    ) -> Result<Call<'a>, Refusal> {
        if let Some(needs) = tool.needs.filter(|needs| !who.permissions.has(*needs)) {
            return Err(Refusal::forbidden(needs));
        }
        Ok(Call {
            who,
            tool,
            arguments: Arguments::parse(tool, arguments)?,
            conversation,
            said,
        })
    }

    async fn conversation(
        &self,
        who: &Assistant,
        about: &About,
    ) -> Result<ConversationId, McpError> {
        let mut tx = self.db.tenant(who.tenant).await?;
        let conversation = commands::conversation_of(&mut tx, who.key, who.visit, about).await?;
        tx.commit().await?;
        Ok(conversation)
    }

    /// Notes a call of which nothing was kept.
    async fn note(
        &self,
        who: &Assistant,
        tool: &Offered,
        conversation: ConversationId,
        said: &str,
        outcome: &str,
    ) -> Result<(), McpError> {
        let mut tx = self.db.tenant(who.tenant).await?;
        record_turn(&mut tx, conversation, turn(tool, said, outcome)).await?;
        Ok(tx.commit().await?)
    }

    async fn act(&self, call: &Call<'_>) -> Result<Value, Stop> {
        let mut tx = self.db.tenant(call.who.tenant).await?;
        let property = meant(&mut tx, call).await?;
        let desk = Desk {
            property: &property,
            now: property.now(&*self.clock),
            conversation: call.conversation,
            channel: Channel::Mcp,
            embedder: &*self.embedder,
        };
        let ceilings = ceilings_of(&mut tx, call).await?;
        may_begin(&ceilings, call.tool, call.arguments.dry_run)?;
        check_own(&mut tx, call, &ceilings).await?;
        match call.tool.name {
            CreatePaymentLink::NAME => self.send_link(tx, call, &desk).await,
            _ => self.use_tool(tx, call, &desk, &ceilings).await,
        }
    }

    /// Runs a tool within the transaction, and keeps what it did or takes it back.
    async fn use_tool(
        &self,
        mut tx: TenantTx,
        call: &Call<'_>,
        desk: &Desk<'_>,
        ceilings: &Ceilings,
    ) -> Result<Value, Stop> {
        let input = call.arguments.input.clone();
        let called = tools::call(&mut tx, desk, call.tool.name, input).await?;
        check_booked(&mut tx, call, desk, ceilings, &called).await?;
        let Called {
            mut result,
            outcome,
            ..
        } = called;
        if !call.arguments.dry_run {
            record_turn(
                &mut tx,
                call.conversation,
                turn(call.tool, call.said, &outcome),
            )
            .await
            .map_err(McpError::from)?;
            tx.commit().await?;
            return Ok(result);
        }
        // Not committed: what was done is undone.
        drop(tx);
        mark_tried(&mut result);
        self.note(call.who, call.tool, call.conversation, call.said, "tried")
            .await?;
        Ok(result)
    }

    /// Makes a payment link after the transaction: a gateway is never asked inside of one.
    async fn send_link(
        &self,
        mut tx: TenantTx,
        call: &Call<'_>,
        desk: &Desk<'_>,
    ) -> Result<Value, Stop> {
        let input = call.arguments.input.clone();
        let payable = tools::payable(&mut tx, desk, input).await?;
        tx.commit().await?;
        let Some(payments) = &self.payments else {
            let reason = "payments are not taken here; the guest pays at the desk";
            return Err(Refusal::new("payments_off", reason).into());
        };
        let (outcome, result) = match call.arguments.dry_run {
            true => {
                let mut shown = view::payable(&payable);
                mark_tried(&mut shown);
                ("tried", shown)
            }
            false => {
                let tenant = call.who.tenant;
                let issued = CreatePaymentLink::run(payments, tenant, desk, payable.booking);
                ("done", view::payment_link(&issued.await?))
            }
        };
        let noted = self.note(call.who, call.tool, call.conversation, call.said, outcome);
        if let Err(error) = noted.await {
            // The link is there, whether or not that could be written down.
            let error = &error as &dyn std::error::Error;
            tracing::error!(error, "a payment link of an assistant's could not be noted");
        }
        Ok(result)
    }
}

fn is_permitted(tool: &Offered, permissions: Permissions) -> bool {
    tool.needs.is_none_or(|needs| permissions.has(needs))
}

/// What stands in the conversation for a call. It is not counted as an answer of the concierge's.
fn turn(tool: &Offered, said: &str, outcome: &str) -> NewTurn {
    NewTurn {
        intent: Some(tool.name.to_owned()),
        actions: vec![ActionTaken {
            tool: tool.name.to_owned(),
            outcome: outcome.to_owned(),
        }],
        ..NewTurn::said(Speaker::Guest, said)
    }
}

fn mark_tried(result: &mut Value) {
    if let Some(fields) = result.as_object_mut() {
        fields.insert("dry_run".to_owned(), json!(true));
    }
}

/// The property that is meant: the only one, where there is but one.
async fn meant(tx: &mut TenantTx, call: &Call<'_>) -> Result<Property, Stop> {
    let names = motel_tenancy::queries::property_names(tx).await;
    let names = names.map_err(McpError::from)?;
    let id = match (call.arguments.property, names.as_slice()) {
        (Some(wanted), _) => Some(wanted),
        (None, [(only, _)]) => Some(*only),
        (None, _) => None,
    };
    let known = id.filter(|id| names.iter().any(|(one, _)| one == id));
    let Some(id) = known else {
        let reason = "say which property is meant: one of those that the tool's schema lists";
        return Err(Refusal::new("invalid_input", reason).into());
    };
    let property = motel_tenancy::queries::property(tx, id).await;
    let property = property.map_err(McpError::from)?;
    property.ok_or_else(|| Refusal::new("invalid_input", "there is no such property").into())
}

async fn ceilings_of(tx: &mut TenantTx, call: &Call<'_>) -> Result<Ceilings, McpError> {
    match call.tool.way {
        Way::Books => queries::ceilings_for_booking(tx, call.who.key).await,
        _ => {
            let set = queries::ceilings(tx, call.who.key).await?;
            Ok(set.map(|set| set.ceilings).unwrap_or_default())
        }
    }
}

/// Keeps an assistant to what its key booked. Whatever else there is, it is told the same as of what there is not.
async fn check_own(tx: &mut TenantTx, call: &Call<'_>, ceilings: &Ceilings) -> Result<(), Stop> {
    let Some(sold) = call.tool.proves.filter(|_| ceilings.own_only) else {
        return Ok(());
    };
    let code = call.arguments.input.get("code").and_then(Value::as_str);
    // As the tools read it: case and spaces do not make another code.
    let own = match BookingCode::parse(code.unwrap_or_default()) {
        Ok(code) => queries::made_by(tx, call.who.key, sold, code.as_str()).await?,
        Err(_) => false,
    };
    match (own, sold) {
        (true, _) => Ok(()),
        (false, Sold::Stay) => Err(ToolError::from(BookingError::NotFound).into()),
        (false, Sold::Appointment) => {
            Err(ToolError::from(AppointmentError::NotFound("appointment")).into())
        }
    }
}

/// Keeps a booking below the ceilings and notes it. One that an earlier call had made is neither counted nor refused.
async fn check_booked(
    tx: &mut TenantTx,
    call: &Call<'_>,
    desk: &Desk<'_>,
    ceilings: &Ceilings,
    called: &Called,
) -> Result<(), Stop> {
    let Some(booked) = called.booked.as_ref().filter(|booked| !booked.replayed) else {
        return Ok(());
    };
    let midnight = local_instant(desk.today(), NaiveTime::MIN, desk.property.timezone);
    let made = queries::made_since(tx, call.who.key, midnight.with_timezone(&Utc)).await?;
    may_book(ceilings, booked.total, made)?;
    Ok(commands::note_made(tx, call.who.key, booked, desk.now).await?)
}
