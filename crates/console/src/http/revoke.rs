use actix_web::{HttpResponse, web};
use motel_billing::BillingError;
use motel_billing::commands::revoke_link;
use motel_kernel::{Actor, BookingCode, PaymentLinkId};
use motel_tenancy::http::StaffPage;
use motel_tenancy::may;
use motel_web::{Problem, ValidForm};

use super::booking::back_to;
use super::office::Key;
use super::refund::PaymentPath;
use crate::input::RevokeForm;

/// Withdraws an open payment link, or a charge of a kept card.
pub(super) async fn revoke(
    staff: StaffPage<may::WriteFolios>,
    key: Key,
    path: web::Path<PaymentPath>,
    ValidForm(RevokeForm(reason)): ValidForm<RevokeForm>,
) -> Result<HttpResponse, Problem> {
    let code = BookingCode::parse(path.code()).map_err(|_| Problem::not_found("booking"))?;
    let payment: PaymentLinkId = path
        .payment()
        .parse()
        .map_err(|_| Problem::not_found("payment"))?;
    let mut office = key.open(&staff).await?;
    let tx = &mut office.tx;
    let booking = motel_bookings::queries::find_by_code(tx, &code).await?;
    let payments = motel_billing::queries::payments(tx, booking.id).await?;
    if !payments.iter().any(|it| it.link.id == payment) {
        return Err(Problem::not_found("payment"));
    }
    let actor = Actor::Staff(staff.staff_id);
    let news = match revoke_link(tx, payment, actor, &reason, office.now).await {
        Ok(revoked) if revoked.is_charging() => "charge_revoked",
        Ok(_) => "revoked",
        Err(BillingError::AlreadyPaid | BillingError::LinkClosed) => {
            return Ok(back_to(&code, "link_over"));
        }
        Err(error) => return Err(error.into()),
    };
    office.tx.commit().await.map_err(Problem::internal)?;
    Ok(back_to(&code, news))
}
