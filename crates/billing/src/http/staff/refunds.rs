use actix_web::{HttpResponse, get, post, web};
use chrono::{DateTime, Utc};
use motel_bookings::By;
use motel_db::{Db, TenantTx};
use motel_kernel::{Currency, Money, PaymentLinkId, RefundId};
use motel_tenancy::http::{Answer, CurrentClock, StaffAccess, StaffWrite, WriteParams};
use motel_tenancy::may;
use motel_web::{FieldErrors, Input, MoneyView, Problem, ProblemBody, ValidJson};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::folios::booking_id;
use super::input::amount_minor;
use crate::{Refund, RefundState, commands, queries};

/// Money that goes back through the gateway it came by.
#[derive(Debug, Serialize, ToSchema)]
pub struct RefundView {
    /// The id.
    #[schema(value_type = Uuid)]
    id: RefundId,
    /// The payment it is of.
    #[schema(value_type = Uuid)]
    payment_id: PaymentLinkId,
    /// How much.
    amount: MoneyView,
    /// `requested`, `processing`, then `succeeded` or `failed`; one that succeeded may still bounce and fail.
    #[schema(value_type = String)]
    state: RefundState,
    /// Why; `null` for one that was made at the gateway itself.
    #[schema(required)]
    reason: Option<String>,
    /// Why it failed, in the gateway's words.
    #[schema(required)]
    failure: Option<String>,
    /// When it was asked for.
    requested_at: DateTime<Utc>,
    /// Since when it stands there.
    changed_at: DateTime<Utc>,
}

/// Several refunds.
#[derive(Debug, Serialize, ToSchema)]
pub struct RefundsView {
    /// One for each payment that money goes back through.
    refunds: Vec<RefundView>,
}

impl From<Refund> for RefundView {
    fn from(refund: Refund) -> Self {
        Self {
            id: refund.id,
            payment_id: refund.link,
            amount: refund.amount.into(),
            state: refund.state,
            reason: refund.reason,
            failure: refund.failure,
            requested_at: refund.requested_at,
            changed_at: refund.changed_at,
        }
    }
}

/// What is to go back of a payment, as it comes in.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = NewRefund)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawRefund {
    /// In minor units; all that is left of the payment when not said.
    #[schema(minimum = 1)]
    amount_minor: Option<i64>,
    /// ISO 4217, the payment's; said along with an amount.
    #[schema(min_length = 3, max_length = 3, example = "USD")]
    currency: Option<String>,
    /// Why.
    #[schema(min_length = 1, max_length = 500)]
    reason: String,
}

/// The same, parsed.
#[derive(Serialize)]
pub(crate) struct RefundInput {
    amount: Option<(i64, Currency)>,
    reason: String,
}

impl Input for RefundInput {
    type Raw = RawRefund;

    fn parse(raw: RawRefund) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let minor = raw
            .amount_minor
            .and_then(|minor| amount_minor(&mut errors, minor));
        let currency = raw
            .currency
            .and_then(|currency| errors.check("currency", currency.parse()));
        if raw.amount_minor.is_some() != currency.is_some() {
            errors.push("currency", "say amount and currency, or neither");
        }
        let reason = errors.text("reason", &raw.reason, 1..=500);
        errors.into_result()?;
        let amount = minor.zip(currency);
        reason
            .map(|reason| Self { amount, reason })
            .ok_or_else(|| FieldErrors::of("reason", "is missing"))
    }
}

/// Asks for money to go back through the gateway it came by, an amount or all that is left of the payment. It is sent as
/// soon as it is written; look at it again to see what became of it.
#[utoipa::path(
    tag = "payments",
    operation_id = "refund_payment",
    params(("id" = Uuid, Path, description = "Which payment"), WriteParams),
    request_body = RawRefund,
    responses(
        (status = 201, description = "The refund, `requested`", body = RefundView),
        (status = 409, description = "`above_paid` or `nothing_to_refund`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
#[post("/payments/{id}/refunds")]
pub(crate) async fn request(
    write: StaffWrite<may::RefundFolios>,
    path: web::Path<String>,
    db: web::Data<Db>,
    clock: CurrentClock,
    ValidJson(input): ValidJson<RefundInput>,
) -> Result<HttpResponse, Problem> {
    let id: PaymentLinkId = path.parse().map_err(|_| Problem::not_found("payment"))?;
    let now = write.property.now(&*clock);
    let asking = async |tx: &mut TenantTx| {
        let by = By::actor(write.actor).because(&input.reason);
        let wanted = input.amount.map(|(minor, of)| Money::new(minor, of));
        let refund = commands::request_refund(tx, id, wanted, by, now).await?;
        let location = format!("/api/v1/refunds/{}", refund.id);
        Ok(Answer::created(RefundView::from(refund)).location(location))
    };
    write.run(&db, &input, asking).await
}

/// Why everything that is due goes back, as it comes in.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = RefundOfWhatIsDue)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawRefundDue {
    /// Why.
    #[schema(min_length = 1, max_length = 500)]
    reason: String,
}

/// The same, parsed.
#[derive(Serialize)]
pub(crate) struct RefundDue {
    reason: String,
}

impl Input for RefundDue {
    type Raw = RawRefundDue;

    fn parse(raw: RawRefundDue) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let reason = errors.text("reason", &raw.reason, 1..=500);
        reason.map(|reason| Self { reason }).ok_or(errors)
    }
}

/// Asks for all that a booking's guests are owed to go back by the gateways it came by, the last payment first: what is due
/// after a cancellation. What came in cash stays owed.
#[utoipa::path(
    tag = "payments",
    operation_id = "refund_what_is_due",
    params(("id" = Uuid, Path, description = "Which booking"), WriteParams),
    request_body = RawRefundDue,
    responses(
        (status = 201, description = "The refunds, `requested`", body = RefundsView),
        (status = 409, description = "`nothing_to_refund`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
#[post("/bookings/{id}/refunds")]
pub(crate) async fn request_due(
    write: StaffWrite<may::RefundFolios>,
    path: web::Path<String>,
    db: web::Data<Db>,
    clock: CurrentClock,
    ValidJson(input): ValidJson<RefundDue>,
) -> Result<HttpResponse, Problem> {
    let id = booking_id(&path)?;
    let now = write.property.now(&*clock);
    let asking = async |tx: &mut TenantTx| {
        let booking = motel_bookings::queries::find(tx, id).await?;
        let by = By::actor(write.actor).because(&input.reason);
        let refunds = commands::request_refund_due(tx, &booking, by, now).await?;
        let refunds = refunds.into_iter().map(Into::into).collect();
        let location = format!("/api/v1/bookings/{id}/payments");
        Ok(Answer::created(RefundsView { refunds }).location(location))
    };
    write.run(&db, &input, asking).await
}

/// Shows what became of a refund.
#[utoipa::path(
    tag = "payments",
    operation_id = "show_refund",
    params(("id" = Uuid, Path, description = "Which refund")),
    responses(
        (status = 200, description = "The refund", body = RefundView),
        (status = 404, description = "No such refund", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
#[get("/refunds/{id}")]
pub(crate) async fn show(
    access: StaffAccess<may::ReadFolios>,
    path: web::Path<String>,
    db: web::Data<Db>,
) -> Result<web::Json<RefundView>, Problem> {
    let missing = || Problem::not_found("refund");
    let id: RefundId = path.parse().map_err(|_| missing())?;
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let refund = queries::refund(&mut tx, id).await?.ok_or_else(missing)?;
    tx.commit().await.map_err(Problem::internal)?;
    Ok(web::Json(refund.into()))
}
