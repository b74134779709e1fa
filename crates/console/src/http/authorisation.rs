//! Money set aside on a guest's card: asked for, taken, let go.

use actix_web::{HttpResponse, web};
use motel_billing::commands::{Aside, request_authorisation, want_capture, want_void};
use motel_billing::{BillingError, PaymentDesk};
use motel_bookings::{Booking, By};
use motel_db::TenantTx;
use motel_kernel::{Actor, BookingCode, PaymentLinkId};
use motel_tenancy::http::StaffPage;
use motel_tenancy::may;
use motel_web::{Problem, ValidForm};

use super::booking::{BookingPath, back_to};
use super::office::Key;
use super::payment::amount_in;
use super::refund::PaymentPath;
use crate::input::{AmountWithReason, AsideForm, RevokeForm};

/// Asks for money to be set aside.
pub(super) async fn ask(
    staff: StaffPage<may::WriteFolios>,
    key: Key,
    desk: web::Data<PaymentDesk>,
    path: web::Path<BookingPath>,
    ValidForm(form): ValidForm<AsideForm>,
) -> Result<HttpResponse, Problem> {
    let code = path.code()?;
    let mut office = key.open(&staff).await?;
    let tx = &mut office.tx;
    let booking = motel_bookings::queries::find_by_code(tx, &code).await?;
    let aside = match form.on_kept_card {
        true => Aside::KeptCard,
        false => Aside::Page(desk.authorising_gateway()?),
    };
    let amount = amount_in(&form.amount, booking.total())?;
    let by = By::actor(Actor::Staff(staff.staff_id)).because(&form.reason);
    match request_authorisation(tx, &booking, amount, aside, by, office.now).await {
        Ok(_) => {}
        Err(BillingError::NoCardKept) => return Ok(back_to(&code, "no_card_kept")),
        Err(error) => return Err(error.into()),
    }
    office.tx.commit().await.map_err(Problem::internal)?;
    Ok(back_to(&code, "asked_aside"))
}

/// Takes money that is set aside.
pub(super) async fn take(
    staff: StaffPage<may::WriteFolios>,
    key: Key,
    path: web::Path<PaymentPath>,
    ValidForm(form): ValidForm<AmountWithReason>,
) -> Result<HttpResponse, Problem> {
    let code = BookingCode::parse(path.code()).map_err(|_| Problem::not_found("booking"))?;
    let mut office = key.open(&staff).await?;
    let tx = &mut office.tx;
    let (booking, id) = own(tx, &code, path.payment()).await?;
    let amount = amount_in(&form.amount, booking.total())?;
    let by = By::actor(Actor::Staff(staff.staff_id)).because(&form.reason);
    match want_capture(tx, id, Some(amount), by, office.now).await {
        Ok(_) => {}
        Err(BillingError::AuthorisationOver) => return Ok(back_to(&code, "aside_over")),
        Err(BillingError::AboveAuthorised) => return Ok(back_to(&code, "above_aside")),
        Err(BillingError::BeingCharged) => return Ok(back_to(&code, "being_charged")),
        Err(error) => return Err(error.into()),
    }
    office.tx.commit().await.map_err(Problem::internal)?;
    Ok(back_to(&code, "taking_aside"))
}

/// Lets go of money that is set aside.
pub(super) async fn let_go(
    staff: StaffPage<may::WriteFolios>,
    key: Key,
    path: web::Path<PaymentPath>,
    ValidForm(RevokeForm(reason)): ValidForm<RevokeForm>,
) -> Result<HttpResponse, Problem> {
    let code = BookingCode::parse(path.code()).map_err(|_| Problem::not_found("booking"))?;
    let mut office = key.open(&staff).await?;
    let tx = &mut office.tx;
    let (_, id) = own(tx, &code, path.payment()).await?;
    let by = By::actor(Actor::Staff(staff.staff_id)).because(&reason);
    match want_void(tx, id, by, office.now).await {
        Ok(_) => {}
        Err(BillingError::AuthorisationOver) => return Ok(back_to(&code, "aside_over")),
        Err(error) => return Err(error.into()),
    }
    office.tx.commit().await.map_err(Problem::internal)?;
    Ok(back_to(&code, "letting_go"))
}

/// The booking, and one of its authorisations.
async fn own(
    tx: &mut TenantTx,
    code: &BookingCode,
    id: &str,
) -> Result<(Booking, PaymentLinkId), Problem> {
    let missing = || Problem::not_found("authorisation");
    let id: PaymentLinkId = id.parse().map_err(|_| missing())?;
    let booking = motel_bookings::queries::find_by_code(tx, code).await?;
    let found = motel_billing::queries::authorisations(tx, booking.id).await?;
    match found.iter().any(|it| it.payment.link.id == id) {
        true => Ok((booking, id)),
        false => Err(missing()),
    }
}
