use actix_web::{HttpResponse, post, web};
use motel_conversations::GuestMessage;
use motel_kernel::CallId;
use motel_tenancy::http::PublicTenant;
use motel_web::{FieldErrors, Input, Problem, ValidJson};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::commands::{WhichTurn, answer_call, hang_up as end, take_turn};
use crate::model::{
    Answer, CallStatus, Heard, IncomingCall, KeysPressed, Provider, ProviderCallId, Then,
};
use crate::{CallDesk, queries};

/// A simulated call that was answered.
#[derive(Debug, Serialize, ToSchema)]
pub struct CallView {
    /// What to name the call by.
    #[schema(value_type = String)]
    call_id: CallId,
    /// The greeting.
    text: String,
    /// `in_progress`, `completed`, or `incomplete` after hanging up before a goodbye.
    #[schema(value_type = String)]
    status: CallStatus,
}

/// What the caller says or presses. Neither is silence.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RawTurn {
    /// Words, at most 2,000 characters.
    #[serde(default)]
    speech: Option<String>,
    /// Keys: digits, `*` and `#`.
    #[serde(default)]
    digits: Option<String>,
}

pub(crate) struct TurnInput(Heard);

impl Input for TurnInput {
    type Raw = RawTurn;

    fn parse(raw: RawTurn) -> Result<Self, FieldErrors> {
        let given = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
        match (given(raw.digits), given(raw.speech)) {
            (Some(digits), _) => KeysPressed::parse(digits.trim())
                .map(|keys| Self(Heard::Keys(keys)))
                .map_err(|error| FieldErrors::of("digits", error)),
            (None, Some(speech)) => GuestMessage::parse(&speech)
                .map(|message| Self(Heard::Speech(message)))
                .map_err(|error| FieldErrors::of("speech", error)),
            (None, None) => Ok(Self(Heard::Nothing)),
        }
    }
}

/// What the caller hears.
#[derive(Debug, Serialize, ToSchema)]
pub struct TurnView {
    /// The words.
    text: String,
    /// True when the call is over.
    ended: bool,
    /// A link to pay, to be shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    payment_url: Option<String>,
}

impl From<Answer> for TurnView {
    fn from(answer: Answer) -> Self {
        Self {
            text: answer.text,
            ended: answer.then == Then::HangUp,
            payment_url: answer.payment_url,
        }
    }
}

/// Calls the front desk from a page instead of a telephone.
#[utoipa::path(
    tag = "voice",
    responses((status = 201, description = "Answered", body = CallView))
)]
#[post("/voice/simulate/calls")]
pub(crate) async fn start(
    place: PublicTenant,
    desk: web::Data<CallDesk>,
) -> Result<HttpResponse, Problem> {
    let name = CallId::new().to_string();
    let incoming = IncomingCall {
        provider: Provider::Simulated,
        provider_call_id: ProviderCallId::parse(&name).map_err(Problem::internal)?,
        from_number: None,
        to_number: None,
    };
    let answered = answer_call(&desk, &place.property, &incoming).await?;
    let view = CallView {
        call_id: answered.call.id,
        text: answered.greeting.text,
        status: answered.call.status,
    };
    Ok(HttpResponse::Created().json(view))
}

/// Says something in a simulated call, or presses keys, or keeps silent.
#[utoipa::path(
    tag = "voice",
    request_body = RawTurn,
    params(("id" = String, Path, description = "The call")),
    responses(
        (status = 200, description = "What the caller hears", body = TurnView),
        (status = 404, description = "No such call", content_type = "application/problem+json"),
        (status = 409, description = "`turn_in_progress`: the last words are still being answered", content_type = "application/problem+json"),
        (status = 422, description = "A field is not right", content_type = "application/problem+json"),
    )
)]
#[post("/voice/simulate/calls/{id}/turns")]
pub(crate) async fn turn(
    path: web::Path<CallPath>,
    place: PublicTenant,
    desk: web::Data<CallDesk>,
    ValidJson(TurnInput(heard)): ValidJson<TurnInput>,
) -> Result<web::Json<TurnView>, Problem> {
    let id = simulated(&desk, &place, &path).await?;
    let answer = take_turn(&desk, &place.property, id, WhichTurn::Next, heard).await?;
    if matches!(answer.then, Then::Wait { .. }) {
        return Err(Problem::conflict(
            "turn_in_progress",
            "Your last words are still being answered.",
        ));
    }
    Ok(web::Json(answer.into()))
}

/// Hangs up a simulated call.
#[utoipa::path(
    tag = "voice",
    params(("id" = String, Path, description = "The call")),
    responses(
        (status = 200, description = "How the call ended", body = EndView),
        (status = 404, description = "No such call", content_type = "application/problem+json"),
    )
)]
#[post("/voice/simulate/calls/{id}/hang-up")]
pub(crate) async fn hang_up(
    path: web::Path<CallPath>,
    place: PublicTenant,
    desk: web::Data<CallDesk>,
) -> Result<web::Json<EndView>, Problem> {
    let id = simulated(&desk, &place, &path).await?;
    let call = end(&desk, place.tenant, id).await?;
    Ok(web::Json(EndView {
        status: call.status,
    }))
}

/// How a call ended.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EndView {
    /// `completed`, or `incomplete` when the caller hung up before a goodbye.
    #[schema(value_type = String)]
    status: CallStatus,
}

/// The call, out of the path.
#[derive(Debug, Deserialize)]
pub(crate) struct CallPath {
    id: CallId,
}

/// Only a simulated call can be spoken to from a page; a real caller's is a 404 like no call at all.
async fn simulated(
    desk: &CallDesk,
    place: &PublicTenant,
    path: &CallPath,
) -> Result<CallId, Problem> {
    let mut tx = desk
        .db()
        .tenant(place.tenant)
        .await
        .map_err(Problem::internal)?;
    let call = queries::find(&mut tx, path.id).await?;
    if call.provider == Provider::Simulated {
        Ok(call.id)
    } else {
        Err(Problem::not_found("call"))
    }
}
