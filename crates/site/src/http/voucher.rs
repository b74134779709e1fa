use actix_web::{HttpResponse, web};
use motel_billing::{BillingError, PaymentDesk};
use motel_bookings::By;
use motel_vouchers::commands::{RedeemRequest, redeem as pay_with};
use motel_vouchers::{VoucherCode, VoucherError};
use motel_web::Problem;
use serde::Deserialize;

use super::booking::{BookingPath, News, ask_for_proof, respond};
use super::proof;
use super::redirect::see_other;
use super::visit::Door;
use crate::view::RefusedVoucher;

/// The longest name of a form; ours have 36 letters.
const LONGEST_NAME: usize = 64;

/// A code to pay with, as it comes in.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct RawVoucher {
    voucher: String,
    /// The form's own name, so that it pays once however often it is sent.
    once: String,
}

/// Pays with a gift card or a coupon. What is left is paid as before.
pub(super) async fn redeem(
    door: Door,
    path: web::Path<BookingPath>,
    raw: web::Form<RawVoucher>,
    desk: web::Data<PaymentDesk>,
) -> Result<HttpResponse, Problem> {
    let mut visit = door.open().await?;
    let code = path.code()?;
    let Some(booking) = proof::proven(&door.session, &mut visit.tx, &code).await? else {
        return Ok(ask_for_proof(&visit, &code));
    };
    let back = format!("{}/booking/{code}", visit.place.base);
    let typed = match VoucherCode::parse(&raw.voucher) {
        Ok(typed) => typed,
        Err(error) => {
            let refused = refused(&raw, error.to_string());
            return respond(
                &door,
                visit,
                booking,
                &News::default(),
                &desk,
                Some(refused),
            )
            .await;
        }
    };
    let is_name = |once: &&String| {
        (1..=LONGEST_NAME).contains(&once.len()) && once.bytes().all(|it| it.is_ascii_graphic())
    };
    let name = Some(&raw.once).filter(is_name);
    let request = RedeemRequest {
        code: typed,
        folio: None,
        most: None,
        key: name.cloned(),
    };
    match pay_with(&mut visit.tx, &booking, &request, By::guest(), door.now).await {
        Ok(_) => {
            visit.commit().await?;
            Ok(see_other(format!("{back}?redeemed=1")))
        }
        Err(VoucherError::Billing(BillingError::NothingDue)) => Ok(see_other(back)),
        Err(VoucherError::Billing(BillingError::BeingCharged)) => {
            Ok(see_other(format!("{back}?charging=1")))
        }
        Err(error @ (VoucherError::Unusable(_) | VoucherError::NotForThis(_))) => {
            // Nothing of what was tried is kept.
            drop(visit);
            let refused = refused(&raw, Problem::from(error).detail);
            respond(
                &door,
                door.open().await?,
                booking,
                &News::default(),
                &desk,
                Some(refused),
            )
            .await
        }
        Err(error) => Err(error.into()),
    }
}

fn refused(raw: &RawVoucher, reason: String) -> RefusedVoucher {
    RefusedVoucher {
        typed: raw.voucher.chars().take(60).collect(),
        reason,
    }
}
