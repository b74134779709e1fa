use actix_web::http::StatusCode;
use actix_web::http::header::HeaderMap;
use actix_web::{HttpRequest, HttpResponse, post, web};
use motel_payments::{GatewayName, WebhookError, WebhookRequest};
use motel_tenancy::http::CurrentClock;
use motel_web::Problem;
use tokio::sync::Semaphore;

use crate::{BillingError, PaymentDesk};

/// The most bytes of an event. Stripe's are a few KiB.
const BODY_LIMIT: usize = 256 * 1024;

/// Where gateways tell us what became of a checkout. The signature is the proof; an event told twice counts once. What is
/// genuine is written down before it is taken, so that 200 means that it is not lost, whatever happens then.
#[utoipa::path(
    tag = "payments",
    params(("gateway" = String, Path, description = "`sandbox`, `stripe` or `paypal`")),
    responses(
        (status = 200, description = "Kept, or of no concern to us"),
        (status = 400, description = "`malformed`", content_type = "application/problem+json"),
        (status = 403, description = "`bad_signature`", content_type = "application/problem+json"),
        (status = 404, description = "No such gateway here", content_type = "application/problem+json"),
        (status = 503, description = "`payments_unavailable`: the gateway had to be asked whether it is genuine and did not answer", content_type = "application/problem+json"),
    )
)]
#[post("/payments/webhooks/{gateway}")]
pub(crate) async fn take(
    request: HttpRequest,
    gateway: web::Path<String>,
    body: web::Payload,
    desk: web::Data<PaymentDesk>,
    clock: CurrentClock,
) -> Result<HttpResponse, Problem> {
    let name: GatewayName = gateway.parse().map_err(|_| no_gateway())?;
    let gateway = desk.gateways().find(name).ok_or_else(no_gateway)?;
    let body = read(body).await?;
    let headers = text_headers(request.headers());
    let webhook = WebhookRequest {
        headers: &headers,
        body: &body,
        received_at: clock.now(),
    };
    if let Err(error) = gateway.verify_webhook(&webhook).await {
        note_forgery(&desk, name, &error, &request).await;
        return Err(refused(name, error));
    }
    desk.receive(name, &body, webhook.received_at).await?;
    Ok(HttpResponse::Ok().json(serde_json::json!({ "received": true })))
}

/// So many forgeries are written down at a time: a flood of them is not to take the connections of everybody else.
static COUNTING: Semaphore = Semaphore::const_new(2);

/// The caller is refused whether or not it can be written down.
async fn note_forgery(
    desk: &PaymentDesk,
    gateway: GatewayName,
    error: &WebhookError,
    request: &HttpRequest,
) {
    let Ok(_turn) = COUNTING.try_acquire() else {
        return;
    };
    let address = request
        .peer_addr()
        .map_or_else(|| "unknown".to_owned(), |peer| peer.ip().to_string());
    if let Err(fault) = desk.note_forgery(gateway, error, &address).await {
        tracing::error!(%gateway, error = &fault as &dyn std::error::Error, "a forged webhook could not be counted");
    }
}

async fn read(body: web::Payload) -> Result<web::Bytes, Problem> {
    match body.to_bytes_limited(BODY_LIMIT).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(_)) => Err(Problem::malformed("The body could not be read.")),
        Err(_) => Err(Problem::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "too_large",
            format!("An event has at most {BODY_LIMIT} bytes."),
        )),
    }
}

fn text_headers(headers: &HeaderMap) -> Vec<(&str, &str)> {
    let readable = headers.iter();
    readable
        .filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?)))
        .collect()
}

fn no_gateway() -> Problem {
    Problem::not_found("payment gateway")
}

fn refused(gateway: GatewayName, error: WebhookError) -> Problem {
    tracing::debug!(%gateway, %error, "a webhook was refused");
    match error {
        // It tells us again.
        WebhookError::Unverified(error) => BillingError::Gateway(error).into(),
        WebhookError::Unreadable(_) => Problem::malformed("The event could not be read."),
        _ => Problem::forbidden(
            "bad_signature",
            "The signature does not prove who sent this.",
        ),
    }
}
