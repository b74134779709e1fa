use motel_bookings::{Booking, By};
use motel_db::TenantTx;

use super::payment_link::withdraw_unfit_links;
use super::post::{Occasion, post};
use super::turn::{open_next, turn_on_folio_of};
use crate::model::{Draft, Line};
use crate::rules::{Routing, settle, stays};
use crate::{BillingError, Folio, FolioKind, Posting, queries};

/// What a folio is called that takes what comes when all others are closed.
const LATER: &str = "Later charges";

/// Makes the folios say what the booking says: opened, corrected where the booking changed, complete when the guests have
/// left, and with the fee when a stay came to nothing. Nights are posted by [`super::charge_night`]; until then they are
/// pending. However often and in whatever order the news of a booking arrives, this ends in the same folio: the booking
/// is read anew once it is our turn on the folio.
pub async fn keep_folio(tx: &mut TenantTx, booking: &Booking) -> Result<Folio, BillingError> {
    let folio = turn_on_folio_of(tx, booking).await?;
    let booking = motel_bookings::queries::find(tx, booking.id).await?;
    let posted = queries::postings_of_booking(tx, booking.id).await?;
    let settlement = settle(&posted, &stays(&booking))?;
    let drafts = route(tx, &booking, &posted, settlement.now).await?;
    post(tx, &Occasion::of(&booking, By::system()), drafts).await?;
    withdraw_unfit_links(tx, &booking).await?;
    Ok(folio)
}

/// Sorts lines to the folios that take them. Whoever calls has the turn.
pub(super) async fn route(
    tx: &mut TenantTx,
    booking: &Booking,
    posted: &[Posting],
    lines: Vec<Line>,
) -> Result<Vec<Draft>, BillingError> {
    let mut drafts = Vec::with_capacity(lines.len());
    if lines.is_empty() {
        return Ok(drafts);
    }
    let mut routing = queries::routing(tx, booking.id).await?;
    for line in lines {
        drafts.extend(routing.move_undone(&line, posted)?);
        let folio = match routing.folio_of(&line, posted) {
            Some(folio) => folio.clone(),
            None => open_later(tx, booking, &mut routing).await?,
        };
        drafts.push(Draft { folio, line });
    }
    Ok(drafts)
}

/// The first folio of a booking that takes money: what came in must stand somewhere.
pub(super) async fn open_folio_of(
    tx: &mut TenantTx,
    booking: &Booking,
) -> Result<Folio, BillingError> {
    let mut routing = queries::routing(tx, booking.id).await?;
    match routing.first_open() {
        Some(folio) => Ok(folio.clone()),
        None => open_later(tx, booking, &mut routing).await,
    }
}

async fn open_later(
    tx: &mut TenantTx,
    booking: &Booking,
    routing: &mut Routing,
) -> Result<Folio, BillingError> {
    let folio = open_next(tx, booking, FolioKind::Guest, LATER).await?;
    routing.folios.push(folio.clone());
    Ok(folio)
}
