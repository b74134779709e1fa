use actix_web::{HttpResponse, get, post, web};
use chrono::{DateTime, Utc};
use motel_db::{Db, TenantTx};
use motel_kernel::{BookingId, PaymentLinkId};
use motel_tenancy::http::{Answer, StaffAccess, StaffWrite, WriteParams};
use motel_tenancy::may;
use motel_web::{
    CursorPage, CursorParams, CursorQuery, FieldErrors, Input, Problem, ProblemBody, ValidQuery,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::commands::{Taken, try_payment_event};
use crate::queries::EventFilter;
use crate::{EventState, PaymentEvent, PaymentEventId, queries};

/// Something a gateway told of a payment, and how far we are with it.
#[derive(Debug, Serialize, ToSchema)]
pub struct PaymentEventView {
    /// The id.
    #[schema(value_type = Uuid)]
    id: PaymentEventId,
    /// `sandbox`, `stripe` or `paypal`.
    gateway: String,
    /// The gateway's name for it.
    event_id: String,
    /// What happened: `paid`, `declined`, `refunded`, `disputed` …
    kind: String,
    /// The payment it is about.
    #[schema(value_type = Uuid)]
    payment_id: PaymentLinkId,
    /// Of which booking.
    #[schema(value_type = Uuid)]
    booking_id: BookingId,
    /// That booking's code.
    booking_code: String,
    /// `received`, `taken`, or `failed`: the last attempt to take it.
    #[schema(value_type = String)]
    state: EventState,
    /// What it led to, once it was taken: `posted`, `posted_before`, `other_amount`, `closed`, `noted`, `refused` or
    /// `duplicate`.
    #[schema(value_type = Option<String>, required)]
    outcome: Option<Taken>,
    /// How often it was tried.
    attempts: i32,
    /// Why the last attempt failed.
    #[schema(required)]
    failure: Option<String>,
    /// When it is tried again by itself; `null` when that is over.
    #[schema(required)]
    try_at: Option<DateTime<Utc>>,
    /// When it arrived.
    received_at: DateTime<Utc>,
    /// Since when it stands there.
    changed_at: DateTime<Utc>,
}

/// The same, with what the gateway sent.
#[derive(Debug, Serialize, ToSchema)]
pub struct PaymentEventDetail {
    /// What we made of it.
    #[serde(flatten)]
    event: PaymentEventView,
    /// What the gateway sent, as text.
    body: String,
}

impl From<PaymentEvent> for PaymentEventView {
    fn from(event: PaymentEvent) -> Self {
        Self {
            id: event.id,
            gateway: event.gateway.to_string(),
            event_id: event.event_id,
            kind: event.kind,
            payment_id: event.link,
            booking_id: event.booking,
            booking_code: event.booking_code,
            state: event.state,
            outcome: event.outcome,
            attempts: event.attempts,
            failure: event.failure,
            try_at: event.try_at,
            received_at: event.received_at,
            changed_at: event.changed_at,
        }
    }
}

/// Which events are wanted, as it comes in.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct RawFilter {
    /// `received`, `taken` or `failed`.
    #[param(pattern = "^(received|taken|failed)$")]
    state: Option<String>,
    /// `sandbox`, `stripe` or `paypal`.
    #[param(pattern = "^(sandbox|stripe|paypal)$")]
    gateway: Option<String>,
    /// Of which booking.
    #[param(value_type = Option<Uuid>)]
    booking_id: Option<String>,
}

/// The same, parsed.
pub(crate) struct FilterInput(EventFilter);

impl Input for FilterInput {
    type Raw = RawFilter;

    fn parse(raw: RawFilter) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let state = raw
            .state
            .and_then(|state| errors.check("state", state.parse()));
        let gateway = raw
            .gateway
            .and_then(|gateway| errors.check("gateway", gateway.parse()));
        let booking = raw
            .booking_id
            .and_then(|id| errors.check("booking_id", id.parse()));
        errors.into_result()?;
        Ok(Self(EventFilter {
            state,
            gateway,
            booking,
        }))
    }
}

/// Lists what gateways told of payments, the latest first. What failed is tried again by itself for about a day.
#[utoipa::path(
    tag = "payments",
    operation_id = "list_payment_events",
    params(RawFilter, CursorParams),
    responses((status = 200, description = "A page of events", body = CursorPage<PaymentEventView>))
)]
#[get("/payment-events")]
pub(crate) async fn list(
    access: StaffAccess<may::ReadFolios>,
    page: CursorQuery,
    ValidQuery(FilterInput(filter)): ValidQuery<FilterInput>,
    db: web::Data<Db>,
) -> Result<web::Json<CursorPage<PaymentEventView>>, Problem> {
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let after = page.after()?;
    let events = queries::payment_events(&mut tx, filter, after, page.fetch()).await?;
    tx.commit().await.map_err(Problem::internal)?;
    let page = CursorPage::cut(events, &page, |event| (event.received_at, event.id))?;
    Ok(web::Json(page.map(Into::into)))
}

/// Shows an event, with what the gateway sent.
#[utoipa::path(
    tag = "payments",
    operation_id = "show_payment_event",
    params(("id" = Uuid, Path, description = "Which event")),
    responses(
        (status = 200, description = "The event", body = PaymentEventDetail),
        (status = 404, description = "No such event", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
#[get("/payment-events/{id}")]
pub(crate) async fn show(
    access: StaffAccess<may::ReadFolios>,
    path: web::Path<String>,
    db: web::Data<Db>,
) -> Result<web::Json<PaymentEventDetail>, Problem> {
    let id = event_id(&path)?;
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let event = queries::payment_event(&mut tx, id).await?;
    let body = queries::payment_event_body(&mut tx, id).await?;
    tx.commit().await.map_err(Problem::internal)?;
    let (event, body) = event.zip(body).ok_or_else(no_event)?;
    Ok(web::Json(PaymentEventDetail {
        event: event.into(),
        body: String::from_utf8_lossy(&body).into_owned(),
    }))
}

/// Tries an event again, whatever was tried before, and shows how that ended: `taken`, or `failed` once more. What was taken
/// stays as it is: no money is posted twice.
#[utoipa::path(
    tag = "payments",
    operation_id = "replay_payment_event",
    params(("id" = Uuid, Path, description = "Which event"), WriteParams),
    responses(
        (status = 200, description = "The event as it is now", body = PaymentEventView),
        (status = 404, description = "No such event", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
#[post("/payment-events/{id}/actions/replay")]
pub(crate) async fn replay(
    write: StaffWrite<may::WriteFolios>,
    path: web::Path<String>,
    db: web::Data<Db>,
) -> Result<HttpResponse, Problem> {
    let id = event_id(&path)?;
    let replaying = async |tx: &mut TenantTx| {
        try_payment_event(tx, id).await?;
        let event = queries::payment_event(tx, id).await?.ok_or_else(no_event)?;
        Ok(Answer::ok(PaymentEventView::from(event)))
    };
    write.run(&db, &(), replaying).await
}

fn event_id(path: &str) -> Result<PaymentEventId, Problem> {
    path.parse().map_err(|_| no_event())
}

fn no_event() -> Problem {
    Problem::not_found("payment event")
}
