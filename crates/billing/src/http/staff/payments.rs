use actix_web::{get, web};
use chrono::{DateTime, Utc};
use motel_db::{Db, TenantTx};
use motel_kernel::{FolioId, PaymentLinkId};
use motel_tenancy::http::StaffAccess;
use motel_tenancy::may;
use motel_web::{MoneyView, Problem, ProblemBody};
use serde::Serialize;
use utoipa::ToSchema;

use super::folios::booking_id;
use super::refunds::RefundView;
use crate::queries::Revocation;
use crate::{BillingError, Dispute, DisputeState, IntentState, LinkStatus, Payment, Way, queries};

/// The payments of a booking through gateways.
#[derive(Debug, Serialize, ToSchema)]
pub struct PaymentsView {
    /// The first first; also those that came to nothing.
    payments: Vec<PaymentView>,
}

/// A payment through a gateway.
#[derive(Debug, Serialize, ToSchema)]
pub struct PaymentView {
    /// The id.
    #[schema(value_type = Uuid)]
    id: PaymentLinkId,
    /// Of which folio.
    #[schema(value_type = Uuid)]
    folio_id: FolioId,
    /// `sandbox`, `stripe` or `paypal`.
    gateway: String,
    /// What we know of it there: `created`, `requires_action`, `processing`, `succeeded`, `failed`, `cancelled`, `refunded` or
    /// `disputed`; for money that is set aside also `authorised`, `capturing`, `voiding` or `lapsed`.
    #[schema(value_type = String)]
    state: IntentState,
    /// Whether we want it: `open`, `paid`, `failed`, `expired` or `cancelled`.
    #[schema(value_type = String)]
    link_status: LinkStatus,
    /// The kept card it is charged to; `null` when it is paid on a page.
    #[schema(value_type = Option<Uuid>, required)]
    card_id: Option<PaymentLinkId>,
    /// Why that card was refused, in the gateway's words.
    #[schema(required)]
    failure: Option<String>,
    /// What was asked for.
    asked: MoneyView,
    /// What came in.
    paid: MoneyView,
    /// What went back.
    refunded: MoneyView,
    /// What could still be refunded: what is on its way back or disputed is not counted.
    left: MoneyView,
    /// What went back or is on its way, the first first.
    refunds: Vec<RefundView>,
    /// Who wants it back by way of the bank.
    disputes: Vec<DisputeView>,
    /// Why staff withdrew the link, if they did.
    #[schema(required)]
    revoked: Option<RevocationView>,
}

/// A payment link that staff withdrew.
#[derive(Debug, Serialize, ToSchema)]
pub struct RevocationView {
    /// Why.
    reason: String,
    /// When.
    revoked_at: DateTime<Utc>,
}

impl From<Revocation> for RevocationView {
    fn from(revocation: Revocation) -> Self {
        Self {
            reason: revocation.reason,
            revoked_at: revocation.revoked_at,
        }
    }
}

/// Money that a card's owner wants back by way of the bank.
#[derive(Debug, Serialize, ToSchema)]
pub struct DisputeView {
    /// The gateway's name for it.
    reference: String,
    /// How much.
    amount: MoneyView,
    /// `open`, `won` or `lost`.
    #[schema(value_type = String)]
    state: DisputeState,
    /// When we first heard of it.
    opened_at: DateTime<Utc>,
    /// When we heard what was decided.
    #[schema(required)]
    closed_at: Option<DateTime<Utc>>,
}

impl TryFrom<Payment> for PaymentView {
    type Error = BillingError;

    fn try_from(payment: Payment) -> Result<Self, BillingError> {
        Ok(Self {
            id: payment.link.id,
            folio_id: payment.link.folio,
            gateway: payment.link.gateway.to_string(),
            state: payment.state,
            link_status: payment.link.status,
            card_id: match payment.link.way {
                Way::KeptCard { card, .. } => Some(card),
                Way::Page { .. } => None,
            },
            failure: payment.failure.clone(),
            asked: payment.link.amount.into(),
            paid: payment.paid.into(),
            refunded: payment.refunded()?.into(),
            left: payment.left()?.into(),
            refunds: payment.refunds.into_iter().map(Into::into).collect(),
            disputes: payment.disputes.into_iter().map(Into::into).collect(),
            revoked: None,
        })
    }
}

impl PaymentView {
    /// The payments as they stand in this transaction.
    pub(super) async fn of(
        tx: &mut TenantTx,
        payments: Vec<Payment>,
    ) -> Result<Vec<Self>, BillingError> {
        let links: Vec<PaymentLinkId> = payments.iter().map(|payment| payment.link.id).collect();
        let mut revocations = queries::revocations(tx, &links).await?;
        let mut views = Vec::with_capacity(payments.len());
        for payment in payments {
            let mut view = Self::try_from(payment)?;
            view.revoked = revocations.remove(&view.id).map(Into::into);
            views.push(view);
        }
        Ok(views)
    }
}

impl From<Dispute> for DisputeView {
    fn from(dispute: Dispute) -> Self {
        Self {
            reference: dispute.reference,
            amount: dispute.amount.into(),
            state: dispute.state,
            opened_at: dispute.opened_at,
            closed_at: dispute.closed_at,
        }
    }
}

/// Lists the payments of a booking through gateways, with what went back of each.
#[utoipa::path(
    tag = "payments",
    operation_id = "list_payments",
    params(("id" = Uuid, Path, description = "Which booking")),
    responses(
        (status = 200, description = "The payments", body = PaymentsView),
        (status = 404, description = "No such booking", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
#[get("/bookings/{id}/payments")]
pub(crate) async fn list(
    access: StaffAccess<may::ReadFolios>,
    path: web::Path<String>,
    db: web::Data<Db>,
) -> Result<web::Json<PaymentsView>, Problem> {
    let id = booking_id(&path)?;
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let booking = motel_bookings::queries::find(&mut tx, id).await?;
    let payments = queries::payments(&mut tx, booking.id).await?;
    let payments = PaymentView::of(&mut tx, payments).await?;
    tx.commit().await.map_err(Problem::internal)?;
    Ok(web::Json(PaymentsView { payments }))
}
