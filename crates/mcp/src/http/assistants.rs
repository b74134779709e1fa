use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};
use motel_db::{Acting, Db};
use motel_kernel::{Actor, ApiKeyId};
use motel_tenancy::http::StaffAccess;
use motel_tenancy::may;
use motel_web::{Problem, RequestId, client_address};
use serde_json::Value;

use super::bridge::{answered, asked};
use super::server::{Calling, Front};
use crate::{Assistant, McpError, VisitId, commands, queries};

/// The most bytes a message may have.
pub(super) const LARGEST_BODY: usize = 32 * 1024;

/// The header in which a client says in which session it is.
const SESSION: &str = "mcp-session-id";

/// What a client asks before there is a session.
const BEFORE_A_SESSION: [&str; 2] = ["initialize", "server/discover"];

/// `POST /mcp`: one message of an assistant, by the Streamable HTTP transport of the Model Context Protocol. Who calls has to have been
/// found out before by `motel_tenancy::http::know_caller`; it has to be a program with a key.
///
/// # Errors
/// 401 without a key that works; 403 `api_key_required`; 400 `mcp_session_required`; 404 for a session that is over or another key's;
/// 413 for too large a body. What a tool refuses is an answer, not an error.
pub async fn ask(
    access: StaffAccess<may::Assist>,
    request: HttpRequest,
    body: web::Payload,
    front: web::Data<Front>,
    db: web::Data<Db>,
) -> Result<HttpResponse, Problem> {
    let key = key_of(access.actor)?;
    let body = body.to_bytes_limited(LARGEST_BODY).await;
    let body = body
        .map_err(|_| too_large())?
        .map_err(|_| Problem::malformed("The body broke off."))?;
    let message: Value = serde_json::from_slice(&body).unwrap_or_default();
    let method = message.get("method").and_then(Value::as_str);
    let method = method.unwrap_or_default();
    let begins = method == "initialize";
    let mut asked = asked(&request, body)?;
    if !BEFORE_A_SESSION.contains(&method) {
        let visit = visit_of(&request)?;
        let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
        let here = queries::is_visiting(&mut tx, key, visit).await?;
        tx.commit().await.map_err(Problem::internal)?;
        here.then_some(()).ok_or(McpError::NoVisit)?;
        asked.extensions_mut().insert(Calling {
            assistant: Assistant {
                tenant: access.tenant,
                key,
                permissions: access.permissions,
                visit,
            },
            acting: Acting::in_request(
                RequestId::current().map(RequestId::as_uuid),
                client_address(&request),
            ),
        });
    }
    let mut answer = answered(front.answer(asked).await?)?;
    if begins && answer.status() == StatusCode::OK {
        let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
        let visit = commands::begin_visit(&mut tx, key).await?;
        tx.commit().await.map_err(Problem::internal)?;
        let visit = HeaderValue::from_str(&visit.to_string()).map_err(Problem::internal)?;
        answer
            .headers_mut()
            .insert(HeaderName::from_static(SESSION), visit);
    }
    Ok(answer)
}

/// `DELETE /mcp`: an assistant goes.
///
/// # Errors
/// As for [`ask`].
pub async fn leave(
    access: StaffAccess<may::Assist>,
    request: HttpRequest,
    db: web::Data<Db>,
) -> Result<HttpResponse, Problem> {
    let key = key_of(access.actor)?;
    let visit = visit_of(&request)?;
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    commands::end_visit(&mut tx, key, visit).await?;
    tx.commit().await.map_err(Problem::internal)?;
    Ok(HttpResponse::NoContent().finish())
}

/// Ceilings are a key's, so nobody comes here without one: not even who is signed in.
fn key_of(actor: Actor) -> Result<ApiKeyId, Problem> {
    match actor {
        Actor::ApiKey(key) => Ok(key),
        _ => Err(Problem::forbidden(
            "api_key_required",
            "Assistants call with an API key of the business.",
        )),
    }
}

fn visit_of(request: &HttpRequest) -> Result<VisitId, Problem> {
    let Some(header) = request.headers().get(SESSION) else {
        return Err(Problem::new(
            StatusCode::BAD_REQUEST,
            "mcp_session_required",
            "Begin with initialize, and send the Mcp-Session-Id of its answer.",
        ));
    };
    let id = header.to_str().ok().and_then(|id| id.parse().ok());
    Ok(id.ok_or(McpError::NoVisit)?)
}

fn too_large() -> Problem {
    Problem::new(
        StatusCode::PAYLOAD_TOO_LARGE,
        "too_large",
        "A message has at most 32 KiB.",
    )
}
