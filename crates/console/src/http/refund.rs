use actix_web::{HttpResponse, web};
use motel_billing::BillingError;
use motel_billing::commands;
use motel_bookings::By;
use motel_kernel::{Actor, BookingCode, PaymentLinkId};
use motel_tenancy::http::StaffPage;
use motel_tenancy::may;
use motel_web::{Problem, ValidForm};
use serde::Deserialize;

use super::booking::back_to;
use super::office::Key;
use super::payment::amount_in;
use crate::input::AmountWithReason;

/// The booking's code and the payment's id, out of the path.
#[derive(Debug, Deserialize)]
pub(super) struct PaymentPath {
    code: String,
    id: String,
}

impl PaymentPath {
    pub(super) fn code(&self) -> &str {
        &self.code
    }

    pub(super) fn payment(&self) -> &str {
        &self.id
    }
}

/// Asks for money to go back through the gateway it came by.
pub(super) async fn give(
    staff: StaffPage<may::RefundFolios>,
    key: Key,
    path: web::Path<PaymentPath>,
    ValidForm(form): ValidForm<AmountWithReason>,
) -> Result<HttpResponse, Problem> {
    let code = BookingCode::parse(&path.code).map_err(|_| Problem::not_found("booking"))?;
    let payment: PaymentLinkId = path.id.parse().map_err(|_| Problem::not_found("payment"))?;
    let mut office = key.open(&staff).await?;
    let tx = &mut office.tx;
    let booking = motel_bookings::queries::find_by_code(tx, &code).await?;
    let payments = motel_billing::queries::payments(tx, booking.id).await?;
    if !payments.iter().any(|it| it.link.id == payment) {
        return Err(Problem::not_found("payment"));
    }
    let amount = amount_in(&form.amount, booking.total())?;
    let by = By::actor(Actor::Staff(staff.staff_id)).because(&form.reason);
    match commands::request_refund(tx, payment, Some(amount), by, office.now).await {
        Ok(_) => {}
        Err(BillingError::AbovePaid | BillingError::NothingToRefund) => {
            return Ok(back_to(&code, "above_paid"));
        }
        Err(error) => return Err(error.into()),
    }
    office.tx.commit().await.map_err(Problem::internal)?;
    Ok(back_to(&code, "refunded"))
}
