use actix_web::{HttpResponse, post, web};
use motel_db::{Db, TenantTx};
use motel_kernel::PaymentLinkId;
use motel_tenancy::http::{Answer, CurrentClock, StaffWrite, WriteParams};
use motel_tenancy::may;
use motel_web::{FieldErrors, Input, Problem, ProblemBody, ValidJson};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::payments::PaymentView;
use crate::commands;

/// Why a payment link is withdrawn, as it comes in.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = RevocationOfALink)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawRevocation {
    /// Why.
    #[schema(min_length = 1, max_length = 500)]
    reason: String,
}

/// The same, parsed.
#[derive(Serialize)]
pub(crate) struct RevocationInput {
    reason: String,
}

impl Input for RevocationInput {
    type Raw = RawRevocation;

    fn parse(raw: RawRevocation) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let reason = errors.text("reason", &raw.reason, 1..=500);
        reason.map(|reason| Self { reason }).ok_or(errors)
    }
}

/// Withdraws an open payment link: its address says so, and a new link can be made. The page at the gateway is closed where the
/// gateway can do that (Stripe and the sandbox; PayPal cannot). A payment that comes in all the same is posted, and owed back
/// where nothing was due. A charge of a kept card is withdrawn in the same way; another way to pay opens when its gateway says that
/// nothing was taken.
#[utoipa::path(
    tag = "payments",
    operation_id = "revoke_payment_link",
    params(("id" = Uuid, Path, description = "Which payment"), WriteParams),
    request_body = RawRevocation,
    responses(
        (status = 200, description = "The payment, its link `cancelled`", body = PaymentView),
        (status = 409, description = "`already_paid`", body = ProblemBody, content_type = "application/problem+json"),
        (status = 410, description = "`link_closed`: it failed or expired", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
#[post("/payments/{id}/actions/revoke")]
pub(crate) async fn revoke(
    write: StaffWrite<may::WriteFolios>,
    path: web::Path<String>,
    db: web::Data<Db>,
    clock: CurrentClock,
    ValidJson(input): ValidJson<RevocationInput>,
) -> Result<HttpResponse, Problem> {
    let missing = || Problem::not_found("payment");
    let id: PaymentLinkId = path.parse().map_err(|_| missing())?;
    let now = write.property.now(&*clock);
    let revoking = async |tx: &mut TenantTx| {
        let revoked = commands::revoke_link(tx, id, write.actor, &input.reason, now).await?;
        let mut views = PaymentView::of(tx, vec![revoked]).await?;
        views.pop().map(Answer::ok).ok_or_else(missing)
    };
    write.run(&db, &input, revoking).await
}
