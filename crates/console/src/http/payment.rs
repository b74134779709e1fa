use actix_web::{HttpResponse, web};
use motel_billing::commands::{self, HandKind, HandPosting};
use motel_bookings::By;
use motel_kernel::{Actor, Money};
use motel_tenancy::http::StaffPage;
use motel_tenancy::may;
use motel_web::{FieldErrors, Problem, ValidForm};

use super::booking::{BookingPath, back_to};
use super::office::Key;
use crate::input::{PaymentForm, TypedAmount};

/// Posts money that came in at the desk.
pub(super) async fn take(
    staff: StaffPage<may::WriteFolios>,
    key: Key,
    path: web::Path<BookingPath>,
    ValidForm(form): ValidForm<PaymentForm>,
) -> Result<HttpResponse, Problem> {
    let code = path.code()?;
    let mut office = key.open(&staff).await?;
    let tx = &mut office.tx;
    let booking = motel_bookings::queries::find_by_code(tx, &code).await?;
    let folio = commands::keep_folio(tx, &booking).await?;
    let (way, description) = form.way;
    let posting = HandPosting {
        kind: HandKind::Payment(way.to_owned()),
        amount: amount_in(&form.amount, booking.total())?,
        description: description.to_owned(),
        service_date: None,
    };
    let by = By::actor(Actor::Staff(staff.staff_id));
    match commands::post_by_hand(tx, folio.id, posting, by).await {
        Ok(_) => {}
        Err(motel_billing::BillingError::FolioClosed) => {
            return Ok(back_to(&code, "folio_closed"));
        }
        Err(error) => return Err(error.into()),
    }
    office.tx.commit().await.map_err(Problem::internal)?;
    Ok(back_to(&code, "paid"))
}

/// What was typed, in the currency of the booking.
pub(super) fn amount_in(typed: &TypedAmount, total: Money) -> Result<Money, Problem> {
    let amount = typed.in_currency(total.currency());
    let wrong = "must be more than nothing, and have no more decimals than the currency";
    Ok(amount.ok_or_else(|| FieldErrors::of("amount", wrong))?)
}
