use actix_web::{HttpResponse, web};
use motel_billing::{KeptCard, commands, queries};
use motel_bookings::Booking;
use motel_db::TenantTx;
use motel_web::Problem;

use super::booking::{BookingPath, ask_for_proof};
use super::proof;
use super::redirect::see_other;
use super::visit::Door;

/// The card that the guests of a booking left for what is left to pay.
pub(super) async fn kept_card(
    tx: &mut TenantTx,
    booking: &Booking,
) -> Result<Option<KeptCard>, Problem> {
    let Some(folio) = queries::folio(tx, booking.id).await? else {
        return Ok(None);
    };
    Ok(queries::kept_card(tx, folio.id).await?)
}

/// Has the card charged no more.
pub(super) async fn remove(
    door: Door,
    path: web::Path<BookingPath>,
) -> Result<HttpResponse, Problem> {
    let mut visit = door.open().await?;
    let code = path.code()?;
    let Some(booking) = proof::proven(&door.session, &mut visit.tx, &code).await? else {
        return Ok(ask_for_proof(&visit, &code));
    };
    if let Some(card) = kept_card(&mut visit.tx, &booking).await? {
        commands::remove_card(&mut visit.tx, card.id, door.now).await?;
    }
    let place = visit.commit().await?;
    Ok(see_other(format!("{}/booking/{code}", place.base)))
}
