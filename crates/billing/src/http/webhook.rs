use actix_web::http::StatusCode;
use actix_web::http::header::HeaderMap;
use actix_web::{HttpRequest, HttpResponse, post, web};
use chrono::{DateTime, Utc};
use motel_db::Db;
use motel_kernel::{PaymentLinkId, TenantId};
use motel_payments::{EventKind, GatewayName, WebhookError, WebhookRequest};
use motel_tenancy::http::CurrentClock;
use motel_web::Problem;

use crate::commands::{ReceivedEvent, Taken, keep_stray_event, take_gateway_event};
use crate::{BillingError, PaymentDesk, queries};

/// The most bytes of an event. Stripe's are a few KiB.
const BODY_LIMIT: usize = 256 * 1024;

/// Where gateways tell us what became of a checkout. The signature is the proof; an event told twice counts once.
#[utoipa::path(
    tag = "payments",
    params(("gateway" = String, Path, description = "`sandbox`, `stripe` or `paypal`")),
    responses(
        (status = 200, description = "Taken, or of no concern to us"),
        (status = 400, description = "`malformed`", content_type = "application/problem+json"),
        (status = 403, description = "`bad_signature`", content_type = "application/problem+json"),
        (status = 404, description = "No such gateway here", content_type = "application/problem+json"),
        (status = 503, description = "`payments_unavailable`: the gateway had to be asked and did not answer", content_type = "application/problem+json"),
    )
)]
#[post("/payments/webhooks/{gateway}")]
pub(crate) async fn take(
    request: HttpRequest,
    gateway: web::Path<String>,
    body: web::Payload,
    db: web::Data<Db>,
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
    let events = gateway
        .read_webhook(&webhook)
        .await
        .map_err(|error| refused(name, error))?;
    for event in &events {
        let received = ReceivedEvent {
            gateway: name,
            event,
            body: &body,
            received_at: webhook.received_at,
        };
        take_event(&db, &desk, received).await?;
    }
    Ok(HttpResponse::Ok().json(serde_json::json!({ "received": true })))
}

async fn take_event(
    db: &Db,
    desk: &PaymentDesk,
    received: ReceivedEvent<'_>,
) -> Result<(), BillingError> {
    let mut platform = db.platform("find whose payment link it is").await?;
    let tenant = queries::tenant_of_link(&mut platform, received.event.reference).await?;
    let Some(tenant) = tenant else {
        keep_stray_event(&mut platform, received).await?;
        return Ok(platform.commit().await?);
    };
    platform.commit().await?;
    let mut tx = db.tenant(tenant).await?;
    let taken = take_gateway_event(&mut tx, received).await?;
    tx.commit().await?;
    let event = received.event;
    tracing::info!(gateway = %received.gateway, event = event.event_id, %taken, "a gateway's event was taken");
    if event.kind == EventKind::Approved && taken != Taken::Refused {
        take_what_was_agreed(desk, tenant, event.reference, received.received_at).await;
    }
    Ok(())
}

/// What can't be taken now is asked about again by a chore, so the event is taken either way.
async fn take_what_was_agreed(
    desk: &PaymentDesk,
    tenant: TenantId,
    link: PaymentLinkId,
    at: DateTime<Utc>,
) {
    if let Err(error) = desk.ask_about(tenant, link, at).await {
        tracing::warn!(%link, error = &error as &dyn std::error::Error, "a payer agreed and the money could not be taken yet");
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
    tracing::warn!(%gateway, %error, "a webhook was refused");
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
