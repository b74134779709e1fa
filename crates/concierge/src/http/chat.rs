use std::sync::Arc;

use actix_web::{post, web};
use chrono::NaiveDate;
use motel_conversations::{
    ActionTaken, BookingMade, Channel, ConversationError, GuestMessage, GuestTurn, Reply,
    Responder, ResponderError,
};
use motel_db::Db;
use motel_kernel::{Amount, ConversationId, TenantId};
use motel_tenancy::http::PublicTenant;
use motel_web::{FieldErrors, Input, Problem, ValidJson};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A guest's message as it comes in.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct RawChat {
    /// What the guest writes: 1 to 2,000 characters.
    message: String,
    /// The conversation to go on with; a new one begins without it.
    #[serde(default)]
    conversation_id: Option<String>,
}

/// The same, parsed.
pub(crate) struct ChatInput {
    message: GuestMessage,
    conversation: Option<ConversationId>,
}

impl Input for ChatInput {
    type Raw = RawChat;

    fn parse(raw: RawChat) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let message = errors.check("message", GuestMessage::parse(&raw.message));
        let id = raw.conversation_id.filter(|id| !id.trim().is_empty());
        let conversation =
            id.map(|id| errors.check("conversation_id", id.trim().parse::<ConversationId>()));
        match (message, conversation) {
            (Some(message), None) => Ok(Self {
                message,
                conversation: None,
            }),
            (Some(message), Some(Some(id))) => Ok(Self {
                message,
                conversation: Some(id),
            }),
            _ => Err(errors),
        }
    }
}

/// The answer.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ChatView {
    /// Send it with the next message.
    #[schema(value_type = String)]
    conversation_id: ConversationId,
    /// The words for the guest.
    reply: String,
    /// What the guest wants, as understood.
    intent: String,
    /// What is understood so far.
    #[schema(value_type = Object)]
    entities: serde_json::Value,
    /// The tools used, in order.
    #[schema(value_type = Vec<Object>)]
    actions: Vec<ActionTaken>,
    /// The booking made by this message.
    #[serde(skip_serializing_if = "Option::is_none")]
    booking: Option<ChatBooking>,
    /// Where the guest can pay.
    #[serde(skip_serializing_if = "Option::is_none")]
    payment_url: Option<String>,
    /// The lead taken by this message.
    #[serde(skip_serializing_if = "Option::is_none")]
    lead_id: Option<String>,
}

/// A booking just made.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ChatBooking {
    code: String,
    check_in: NaiveDate,
    check_out: NaiveDate,
    room_type: String,
    /// What the stay costs, in major units.
    #[schema(value_type = f64)]
    total: Amount,
    /// The same in minor units.
    total_minor: i64,
    currency: String,
}

impl From<BookingMade> for ChatBooking {
    fn from(made: BookingMade) -> Self {
        Self {
            code: made.code.to_string(),
            check_in: made.stay.arrival(),
            check_out: made.stay.departure(),
            room_type: made.room_type,
            total: made.total.amount(),
            total_minor: made.total.minor(),
            currency: made.total.currency().to_string(),
        }
    }
}

impl ChatView {
    fn new(conversation_id: ConversationId, reply: Reply) -> Self {
        Self {
            conversation_id,
            reply: reply.text,
            intent: reply.intent,
            entities: reply.entities,
            actions: reply.actions,
            booking: reply.booking.map(ChatBooking::from),
            payment_url: reply.payment_url,
            lead_id: reply.lead_id,
        }
    }
}

/// Says something to the front desk and hears its answer.
#[utoipa::path(
    tag = "chat",
    request_body = RawChat,
    responses(
        (status = 200, description = "The answer", body = ChatView),
        (status = 404, description = "No such conversation", content_type = "application/problem+json"),
        (status = 422, description = "The message is empty or too long", content_type = "application/problem+json"),
    )
)]
#[post("/chat")]
pub(crate) async fn chat(
    place: PublicTenant,
    db: web::Data<Db>,
    responder: web::Data<Arc<dyn Responder>>,
    ValidJson(input): ValidJson<ChatInput>,
) -> Result<web::Json<ChatView>, Problem> {
    let conversation = match input.conversation {
        Some(id) => id,
        None => start(&db, place.tenant).await?,
    };
    let turn = GuestTurn {
        tenant: place.tenant,
        property: &place.property,
        conversation,
        channel: Channel::Web,
        message: &input.message,
    };
    let reply = responder.respond(turn).await.map_err(problem)?;
    Ok(web::Json(ChatView::new(conversation, reply)))
}

async fn start(db: &Db, tenant: TenantId) -> Result<ConversationId, Problem> {
    let mut tx = db.tenant(tenant).await.map_err(Problem::internal)?;
    let started = motel_conversations::commands::start(&mut tx, Channel::Web).await;
    let conversation = started.map_err(|error: ConversationError| Problem::internal(error))?;
    tx.commit().await.map_err(Problem::internal)?;
    Ok(conversation.id)
}

fn problem(error: ResponderError) -> Problem {
    match error {
        ResponderError::UnknownConversation(_) => Problem::not_found("conversation"),
        fault => Problem::internal(fault),
    }
}
