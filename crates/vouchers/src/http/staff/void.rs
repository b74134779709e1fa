use actix_web::{HttpResponse, post, web};
use motel_bookings::By;
use motel_db::{Db, TenantTx};
use motel_tenancy::http::{Answer, CurrentClock, StaffWrite, WriteParams};
use motel_tenancy::may;
use motel_web::{FieldErrors, Input, Problem, ProblemBody, ValidJson};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::gift_cards::gift_card_id;
use super::view::GiftCardView;
use crate::{PaidBy, commands, queries};

/// Why a gift card is voided, as it comes in.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = VoidGiftCard)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawVoid {
    /// Why.
    #[schema(min_length = 1, max_length = 500)]
    reason: String,
    /// `cash`, `card`, `bank_transfer`, `cheque` or `other`: how what was left was paid back to its buyer. When left out,
    /// nothing was.
    #[schema(pattern = "^(cash|card|bank_transfer|cheque|other)$")]
    paid_back_by: Option<String>,
}

/// The same, parsed.
#[derive(Serialize)]
pub(crate) struct VoidInput {
    reason: String,
    paid_back_by: Option<PaidBy>,
}

impl Input for VoidInput {
    type Raw = RawVoid;

    fn parse(raw: RawVoid) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let reason = errors.text("reason", &raw.reason, 1..=500);
        let way = raw.paid_back_by.as_deref();
        let paid_back_by = way.and_then(|way| errors.check("paid_back_by", way.parse()));
        errors.clone().into_result()?;
        let input = |reason| Self {
            reason,
            paid_back_by,
        };
        reason.map(input).ok_or(errors)
    }
}

/// Takes a gift card out of use, with what is left on it.
#[utoipa::path(
    tag = "gift cards",
    operation_id = "void_gift_card",
    params(("id" = Uuid, Path, description = "Which gift card"), WriteParams),
    request_body = RawVoid,
    responses(
        (status = 200, description = "The gift card", body = GiftCardView),
        (status = 409, description = "`already_void`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
#[post("/gift-cards/{id}/actions/void")]
pub(crate) async fn void(
    write: StaffWrite<may::WriteVouchers>,
    path: web::Path<String>,
    db: web::Data<Db>,
    clock: CurrentClock,
    ValidJson(input): ValidJson<VoidInput>,
) -> Result<HttpResponse, Problem> {
    let id = gift_card_id(&path)?;
    let now = write.property.now(&*clock);
    let voiding = async |tx: &mut TenantTx| {
        let by = By::actor(write.actor).because(&input.reason);
        let card = commands::void_gift_card(tx, id, input.paid_back_by, by, now).await?;
        let moved = queries::movements(tx, id).await?;
        Ok(Answer::ok(GiftCardView::new(card, now).with(moved)))
    };
    write.run(&db, &input, voiding).await
}
