use actix_web::{HttpResponse, web};
use motel_billing::{commands, queries};
use motel_kernel::{BookingCode, PaymentLinkId};
use motel_tenancy::http::StaffPage;
use motel_tenancy::may;
use motel_web::Problem;

use super::booking::back_to;
use super::office::Key;
use super::refund::PaymentPath;

/// Has a card charged no more that guests left, and forgotten at its gateway. It goes by the payment it was left with.
pub(super) async fn remove(
    staff: StaffPage<may::WriteFolios>,
    key: Key,
    path: web::Path<PaymentPath>,
) -> Result<HttpResponse, Problem> {
    let code = BookingCode::parse(path.code()).map_err(|_| Problem::not_found("booking"))?;
    let missing = || Problem::not_found("card");
    let card: PaymentLinkId = path.payment().parse().map_err(|_| missing())?;
    let mut office = key.open(&staff).await?;
    let tx = &mut office.tx;
    let booking = motel_bookings::queries::find_by_code(tx, &code).await?;
    let cards = queries::cards(tx, booking.id).await?;
    if !cards.iter().any(|it| it.id == card) {
        return Err(missing());
    }
    commands::remove_card(tx, card, office.now).await?;
    office.tx.commit().await.map_err(Problem::internal)?;
    Ok(back_to(&code, "card_removed"))
}
