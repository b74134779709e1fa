use actix_web::{HttpResponse, post, web};
use motel_bookings::By;
use motel_bookings::http::BookingPath;
use motel_db::Db;
use motel_kernel::{Amount, Email};
use motel_tenancy::http::{CurrentClock, PublicTenant};
use motel_web::{FieldErrors, IdempotencyKey, IdempotencyKeyHeader, Input, Problem, ValidJson};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::VoucherCode;
use crate::commands::{self, RedeemRequest};

/// What a guest wants to pay with, as it comes in.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = VoucherPayment)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawPayment {
    /// The address it was booked with.
    #[schema(format = "email", max_length = 254)]
    email: String,
    /// The code of a gift card or a coupon, however it is typed.
    #[schema(min_length = 2, max_length = 60)]
    code: String,
}

/// The same, parsed.
pub(crate) struct Payment {
    email: Email,
    code: VoucherCode,
}

impl Input for Payment {
    type Raw = RawPayment;

    fn parse(raw: RawPayment) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::new();
        let email = errors.check("email", Email::parse(&raw.email));
        let code = errors.check("code", VoucherCode::parse(&raw.code));
        email
            .zip(code)
            .map(|(email, code)| Self { email, code })
            .ok_or(errors)
    }
}

/// What a gift card or a coupon took off.
#[derive(Debug, Serialize, ToSchema)]
pub struct RedeemedView {
    /// Whose account it is.
    booking_code: String,
    /// `Gift card ending in 7QF2`, `Coupon WINTER10`.
    title: String,
    /// How much it took off.
    #[schema(value_type = f64)]
    taken_off: Amount,
    /// The same in minor units.
    taken_off_minor: i64,
    /// What is still to be paid.
    #[schema(value_type = f64)]
    balance: Amount,
    /// The same in minor units.
    balance_minor: i64,
    /// ISO 4217.
    currency: String,
}

/// Pays what is owed for a booking with a gift card, as far as it goes, or takes off what a coupon is worth.
///
/// An unknown code, one that is used up and one whose time is over are the same refusal. Under an `Idempotency-Key` a gift card
/// is charged once; a coupon stands on a booking once in any case.
#[utoipa::path(
    tag = "payments",
    params(
        ("code" = String, Path, description = "RM-7K3F9Q"),
        IdempotencyKeyHeader,
    ),
    request_body = RawPayment,
    responses(
        (status = 200, description = "What it took off, and what is left to pay", body = RedeemedView),
        (status = 404, description = "No such booking", content_type = "application/problem+json"),
        (status = 409, description = "`voucher_not_usable`, `coupon_not_for_this` or `nothing_due`", content_type = "application/problem+json"),
    )
)]
#[post("/bookings/{code}/vouchers")]
pub(crate) async fn redeem(
    path: web::Path<BookingPath>,
    place: PublicTenant,
    key: IdempotencyKey,
    clock: CurrentClock,
    db: web::Data<Db>,
    ValidJson(payment): ValidJson<Payment>,
) -> Result<HttpResponse, Problem> {
    let mut tx = db.tenant(place.tenant).await.map_err(Problem::internal)?;
    let booking =
        motel_bookings::queries::find_for_guest(&mut tx, &path.code()?, &payment.email).await?;
    let request = RedeemRequest {
        code: payment.code,
        folio: None,
        most: None,
        key: key.as_deref().map(str::to_owned),
    };
    let now = place.property.now(&*clock);
    let used = commands::redeem(&mut tx, &booking, &request, By::guest(), now).await?;
    let account = motel_billing::queries::account(&mut tx, &booking).await?;
    tx.commit().await.map_err(Problem::internal)?;
    Ok(HttpResponse::Ok().json(RedeemedView {
        booking_code: booking.code.to_string(),
        title: used.title,
        taken_off: used.amount.amount(),
        taken_off_minor: used.amount.minor(),
        balance: account.balance.amount(),
        balance_minor: account.balance.minor(),
        currency: account.balance.currency().to_string(),
    }))
}
