use actix_web::{HttpResponse, web};
use motel_billing::BillingError;
use motel_billing::commands::{self, HandKind, HandPosting};
use motel_bookings::By;
use motel_kernel::Actor;
use motel_tenancy::http::StaffPage;
use motel_tenancy::may;
use motel_web::{Problem, ValidForm};

use super::booking::{BookingPath, back_to};
use super::office::Key;
use super::payment::amount_in;
use crate::input::AmountWithReason;

/// Takes something off what a guest owes.
pub(super) async fn give(
    staff: StaffPage<may::AdjustFolios>,
    key: Key,
    path: web::Path<BookingPath>,
    ValidForm(form): ValidForm<AmountWithReason>,
) -> Result<HttpResponse, Problem> {
    let code = path.code()?;
    let mut office = key.open(&staff).await?;
    let tx = &mut office.tx;
    let booking = motel_bookings::queries::find_by_code(tx, &code).await?;
    let folio = commands::keep_folio(tx, &booking).await?;
    let amount = amount_in(&form.amount, booking.total())?;
    let posting = HandPosting {
        kind: HandKind::Adjustment,
        amount: amount.negated().map_err(Problem::internal)?,
        description: "Allowance".to_owned(),
        service_date: None,
    };
    let by = By::actor(Actor::Staff(staff.staff_id)).because(&form.reason);
    match commands::post_by_hand(tx, folio.id, posting, by).await {
        Ok(_) => {}
        Err(BillingError::FolioClosed) => return Ok(back_to(&code, "folio_closed")),
        Err(error) => return Err(error.into()),
    }
    office.tx.commit().await.map_err(Problem::internal)?;
    Ok(back_to(&code, "allowed"))
}
