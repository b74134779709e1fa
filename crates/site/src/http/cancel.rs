use actix_web::{HttpResponse, web};
use motel_bookings::{Booking, By, ReservationStatus, commands};
use motel_db::TenantTx;
use motel_kernel::Money;
use motel_tenancy::PolicyTopic;
use motel_vouchers::Voucher;
use motel_web::{Entry, Page, Problem};

use super::account::account;
use super::booking::{BookingPath, ask_for_proof};
use super::proof;
use super::redirect::see_other;
use super::visit::Door;
use crate::present;
use crate::view::CancelPage;

/// Says what cancelling now costs and what comes back, before anything is cancelled.
pub(super) async fn ask(door: Door, path: web::Path<BookingPath>) -> Result<HttpResponse, Problem> {
    let mut visit = door.open().await?;
    let code = path.code()?;
    let Some(booking) = proof::proven(&door.session, &mut visit.tx, &code).await? else {
        return Ok(ask_for_proof(&visit, &code));
    };
    if booking.status() == ReservationStatus::Cancelled {
        return Ok(see_other(format!("{}/booking/{code}", visit.place.base)));
    }
    let property = &door.tenant.property;
    let account = account(&mut visit.tx, &booking, door.now).await?;
    let stay =
        present::stay_of_booking(&booking, visit.group(booking.first().unit_group)?, property);
    let view =
        present::booking_view(&booking, account, property, false).map_err(Problem::internal)?;
    let fee = booking.cancellation_fee(door.now);
    let coupons = coupons(&mut visit.tx, &booking).await?;
    let paid = account.paid().and_then(|paid| paid.minus(coupons));
    let paid = paid.map_err(Problem::internal)?;
    let (outcome_label, outcome) = if paid.minor() >= fee.minor() {
        ("You get back", paid.minus(fee))
    } else {
        ("Still to pay", fee.minus(paid))
    };
    let terms = property
        .policies
        .answer(PolicyTopic::Cancellation)
        .map(|answer| answer.text);
    let place = visit.commit().await?;
    let page = Page::new(
        &door.request,
        Entry::Site,
        format!("Cancel {code} · {}", place.name),
    );
    page.respond(&CancelPage {
        place,
        stay,
        booking: view,
        terms: terms.unwrap_or_default(),
        fee: fee.to_string(),
        outcome_label,
        outcome: outcome.map_err(Problem::internal)?.to_string(),
    })
}

/// What coupons take off, which goes back to nobody.
async fn coupons(tx: &mut TenantTx, booking: &Booking) -> Result<Money, Problem> {
    let mut sum = Money::zero(booking.total().currency());
    for used in motel_vouchers::queries::uses_on(tx, booking.id).await? {
        if let Voucher::Coupon(_) = used.voucher {
            let standing = used.standing().map_err(Problem::internal)?;
            sum = sum.plus(standing).map_err(Problem::internal)?;
        }
    }
    Ok(sum)
}

pub(super) async fn cancel(
    door: Door,
    path: web::Path<BookingPath>,
) -> Result<HttpResponse, Problem> {
    let mut visit = door.open().await?;
    let code = path.code()?;
    let Some(booking) = proof::proven(&door.session, &mut visit.tx, &code).await? else {
        return Ok(ask_for_proof(&visit, &code));
    };
    let back = format!("{}/booking/{code}", visit.place.base);
    let property = &door.tenant.property;
    match commands::cancel(&mut visit.tx, property, booking.id, &By::guest(), door.now).await {
        Ok(cancelled) => {
            // At once, so that the next page shows what is refunded.
            motel_billing::commands::keep_folio(&mut visit.tx, &cancelled).await?;
            motel_vouchers::commands::settle_cancelled(&mut visit.tx, &cancelled, door.now).await?;
            visit.commit().await?;
            Ok(see_other(back))
        }
        // The second click on the same button.
        Err(error) if error.code() == "already_cancelled" => Ok(see_other(back)),
        Err(error) => Err(error.into()),
    }
}
