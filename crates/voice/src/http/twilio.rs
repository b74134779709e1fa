use actix_web::{HttpRequest, HttpResponse, post, web};
use motel_tenancy::http::{PublicTenant, UnderWay};
use motel_web::{Input, Problem, ValidQuery};
use serde::Deserialize;

use super::TwilioSettings;
use super::signed_form::SignedForm;
use super::twiml_answer::twiml;
use crate::commands::{WhichTurn, answer_call, hang_up, take_turn};
use crate::model::{Call, Heard, IncomingCall, KeysPressed, Provider, ProviderCallId};
use crate::{CallDesk, queries};

/// What Twilio tells of a call. It tells more, which is not read.
#[derive(Debug, utoipa::ToSchema)]
#[schema(rename_all = "PascalCase")]
#[expect(dead_code, reason = "a form is read field by field; this describes it")]
pub(crate) struct CallNotice {
    /// Twilio's name for the call.
    #[schema(pattern = "^CA[0-9a-f]{32}$")]
    call_sid: String,
    /// Who calls.
    from: Option<String>,
    /// Which number they dialled.
    to: Option<String>,
    /// What was understood of what they said.
    speech_result: Option<String>,
    /// Which keys they pressed.
    digits: Option<String>,
    /// How the call stands: `completed`, `busy`, …
    call_status: Option<String>,
}

/// A call rings: answers it. For Twilio only (form-encoded, signed); the answer is TwiML.
#[utoipa::path(
    tag = "voice",
    params(("X-Twilio-Signature" = String, Header, description = "Twilio's proof that it is Twilio")),
    request_body(content = CallNotice, content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = 200, description = "TwiML that greets and listens", content_type = "text/xml"),
        (status = 403, description = "`wrong_signature`", content_type = "application/problem+json"),
        (status = 503, description = "`voice_not_configured`", content_type = "application/problem+json"),
    )
)]
#[post("/voice/twilio/inbound")]
pub(crate) async fn inbound(
    form: SignedForm,
    place: PublicTenant,
    desk: web::Data<CallDesk>,
    settings: web::Data<TwilioSettings>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let incoming = IncomingCall {
        provider: Provider::Twilio,
        provider_call_id: call_sid(&form)?,
        from_number: form.text("From"),
        to_number: form.text("To"),
    };
    let answered = answer_call(&desk, &place.property, &incoming).await?;
    Ok(twiml(&answered.greeting, &turn_url(&settings, &request)))
}

/// Which turn of the call, as we asked Twilio to say.
#[derive(Debug, Deserialize)]
pub(crate) struct TurnNumber {
    turn: i32,
}

impl Input for TurnNumber {
    type Raw = Self;

    fn parse(raw: Self) -> Result<Self, motel_web::FieldErrors> {
        if raw.turn > 0 {
            Ok(raw)
        } else {
            Err(motel_web::FieldErrors::of("turn", "must be at least 1"))
        }
    }
}

/// The caller said something, pressed keys or kept silent: answers. For Twilio only.
#[utoipa::path(
    tag = "voice",
    params(
        ("turn" = i32, Query, minimum = 1, description = "Which turn of the call"),
        ("X-Twilio-Signature" = String, Header, description = "Twilio's proof that it is Twilio"),
    ),
    request_body(content = CallNotice, content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = 200, description = "TwiML that answers, then listens or hangs up", content_type = "text/xml"),
        (status = 403, description = "`wrong_signature`", content_type = "application/problem+json"),
        (status = 404, description = "No such call", content_type = "application/problem+json"),
        (status = 409, description = "`turn_out_of_order`", content_type = "application/problem+json"),
        (status = 503, description = "`voice_not_configured`", content_type = "application/problem+json"),
    )
)]
#[post("/voice/twilio/turn")]
pub(crate) async fn turn(
    form: SignedForm,
    place: PublicTenant,
    ValidQuery(number): ValidQuery<TurnNumber>,
    desk: web::Data<CallDesk>,
    settings: web::Data<TwilioSettings>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let call = find(&desk, &place, &form).await?;
    let heard = Heard::from_parts(
        form.get("SpeechResult"),
        KeysPressed::parse(form.get("Digits")).ok(),
    );
    let which = WhichTurn::Numbered(number.turn);
    let answer = take_turn(&desk, &place.property, call.id, which, heard).await?;
    Ok(twiml(&answer, &turn_url(&settings, &request)))
}

/// The call's state changed; its end is noted. For Twilio only.
#[utoipa::path(
    tag = "voice",
    params(("X-Twilio-Signature" = String, Header, description = "Twilio's proof that it is Twilio")),
    request_body(content = CallNotice, content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = 204, description = "Noted"),
        (status = 403, description = "`wrong_signature`", content_type = "application/problem+json"),
        (status = 404, description = "No such call", content_type = "application/problem+json"),
        (status = 503, description = "`voice_not_configured`", content_type = "application/problem+json"),
    )
)]
#[post("/voice/twilio/status")]
pub(crate) async fn status(
    form: SignedForm,
    UnderWay(place): UnderWay,
    desk: web::Data<CallDesk>,
) -> Result<HttpResponse, Problem> {
    let call = find(&desk, &place, &form).await?;
    if matches!(
        form.get("CallStatus"),
        "completed" | "busy" | "failed" | "no-answer" | "canceled"
    ) {
        hang_up(&desk, place.tenant, call.id).await?;
    }
    Ok(HttpResponse::NoContent().finish())
}

async fn find(desk: &CallDesk, place: &PublicTenant, form: &SignedForm) -> Result<Call, Problem> {
    let sid = call_sid(form)?;
    let mut tx = desk
        .db()
        .tenant(place.tenant)
        .await
        .map_err(Problem::internal)?;
    Ok(queries::find_by_provider_id(&mut tx, Provider::Twilio, &sid).await?)
}

fn call_sid(form: &SignedForm) -> Result<ProviderCallId, Problem> {
    ProviderCallId::parse(form.get("CallSid")).map_err(|error| Problem::invalid("CallSid", error))
}

/// Where turns are posted: beside the address of this request, whatever it is mounted under.
fn turn_url(settings: &TwilioSettings, request: &HttpRequest) -> String {
    let folder = request
        .path()
        .rsplit_once('/')
        .map_or("", |(folder, _)| folder);
    settings.url(&format!("{folder}/turn"))
}
