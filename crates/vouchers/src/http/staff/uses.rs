use actix_web::{HttpResponse, get, post, web};
use motel_billing::BillingError;
use motel_bookings::By;
use motel_db::{Db, TenantTx};
use motel_kernel::{BookingId, FolioId, Money};
use motel_tenancy::http::{Answer, CurrentClock, StaffAccess, StaffWrite, WriteParams};
use motel_tenancy::may;
use motel_web::{FieldErrors, Input, Problem, ProblemBody, ValidJson};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::reason::{RawReason, Reason};
use super::view::VoucherUseView;
use crate::commands::{self, RedeemRequest};
use crate::http::problem::for_staff;
use crate::{VoucherCode, VoucherUseId, queries};

/// What is paid with, as it comes in.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = VoucherOnFolio)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawRedemption {
    /// The code of a gift card or a coupon, however it is typed.
    #[schema(min_length = 2, max_length = 60)]
    code: String,
    /// With a gift card at most so much, in minor units of the folio's currency; all that is owed when left out.
    #[schema(minimum = 1)]
    amount_minor: Option<i64>,
}

/// The same, parsed. The code is kept nowhere: of what was asked its digest alone counts.
#[derive(Serialize)]
pub(crate) struct Redemption {
    #[serde(skip)]
    code: VoucherCode,
    asked: String,
    amount_minor: Option<i64>,
}

impl Input for Redemption {
    type Raw = RawRedemption;

    fn parse(raw: RawRedemption) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let code = errors.check("code", VoucherCode::parse(&raw.code));
        if raw.amount_minor.is_some_and(|minor| minor < 1) {
            errors.push("amount_minor", "must be at least 1");
        }
        errors.clone().into_result()?;
        let input = |code| Self {
            code,
            asked: raw.code,
            amount_minor: raw.amount_minor,
        };
        code.map(input).ok_or(errors)
    }
}

/// Pays what is owed on a folio with a gift card, as far as it goes, or takes off what a coupon is worth.
#[utoipa::path(
    tag = "gift cards",
    operation_id = "redeem_voucher",
    params(("id" = Uuid, Path, description = "On which folio"), WriteParams),
    request_body = RawRedemption,
    responses(
        (status = 201, description = "What it took off", body = VoucherUseView),
        (status = 409, description = "`voucher_not_usable`, `coupon_not_for_this`, `nothing_due` or `folio_closed`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
#[post("/folios/{id}/vouchers")]
pub(crate) async fn redeem(
    write: StaffWrite<may::WriteFolios>,
    path: web::Path<String>,
    db: web::Data<Db>,
    clock: CurrentClock,
    ValidJson(input): ValidJson<Redemption>,
) -> Result<HttpResponse, Problem> {
    let id: FolioId = path.parse().map_err(|_| Problem::not_found("folio"))?;
    let now = write.property.now(&*clock);
    let redeeming = async |tx: &mut TenantTx| {
        let folio = motel_billing::queries::folio_by_id(tx, id).await?;
        let folio = folio.ok_or(BillingError::NotFound("folio"))?;
        let booking = motel_bookings::queries::find(tx, folio.booking).await?;
        let request = RedeemRequest {
            code: input.code.clone(),
            folio: Some(id),
            most: input
                .amount_minor
                .map(|minor| Money::new(minor, folio.currency)),
            key: None,
        };
        let by = By::actor(write.actor);
        let used = commands::redeem(tx, &booking, &request, by, now).await;
        let view = VoucherUseView::new(used.map_err(for_staff)?)?;
        let at = format!("/api/v1/bookings/{}/vouchers", booking.id);
        Ok(Answer::created(view).location(at))
    };
    write.run(&db, &input, redeeming).await
}

/// The gift cards and coupons on a booking.
#[derive(Debug, Serialize, ToSchema)]
pub struct VoucherUsesView {
    /// The first first; also those that were taken off.
    uses: Vec<VoucherUseView>,
}

/// Lists the gift cards and coupons that were used on a booking.
#[utoipa::path(
    tag = "gift cards",
    operation_id = "list_voucher_uses",
    params(("id" = Uuid, Path, description = "Which booking")),
    responses((status = 200, description = "What was used", body = VoucherUsesView))
)]
#[get("/bookings/{id}/vouchers")]
pub(crate) async fn list(
    access: StaffAccess<may::ReadFolios>,
    path: web::Path<String>,
    db: web::Data<Db>,
) -> Result<web::Json<VoucherUsesView>, Problem> {
    let id: BookingId = path.parse().map_err(|_| Problem::not_found("booking"))?;
    let mut tx = db.tenant(access.tenant).await.map_err(Problem::internal)?;
    let booking = motel_bookings::queries::find(&mut tx, id).await?;
    let found = queries::uses_on(&mut tx, booking.id).await?;
    tx.commit().await.map_err(Problem::internal)?;
    let uses = found.into_iter().map(VoucherUseView::new);
    Ok(web::Json(VoucherUsesView {
        uses: uses.collect::<Result<_, _>>()?,
    }))
}

/// Takes a gift card or a coupon off its folio. What was paid with a gift card is on it again, and a coupon can be used once
/// more.
#[utoipa::path(
    tag = "gift cards",
    operation_id = "take_voucher_off",
    params(("id" = Uuid, Path, description = "Which use"), WriteParams),
    request_body = RawReason,
    responses(
        (status = 200, description = "What is left of it: nothing", body = VoucherUseView),
        (status = 409, description = "`taken_off` or `folio_closed`", body = ProblemBody, content_type = "application/problem+json"),
    )
)]
#[post("/voucher-uses/{id}/actions/take-off")]
pub(crate) async fn take_off(
    write: StaffWrite<may::WriteFolios>,
    path: web::Path<String>,
    db: web::Data<Db>,
    clock: CurrentClock,
    ValidJson(input): ValidJson<Reason>,
) -> Result<HttpResponse, Problem> {
    let missing = |_| Problem::not_found("use of a gift card or coupon");
    let id: VoucherUseId = path.parse().map_err(missing)?;
    let now = write.property.now(&*clock);
    let taking = async |tx: &mut TenantTx| {
        let used = commands::take_off(tx, id, write.actor, &input.reason, now).await?;
        Ok(Answer::ok(VoucherUseView::new(used)?))
    };
    write.run(&db, &input, taking).await
}
