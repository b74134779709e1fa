use actix_web::{HttpResponse, web};
use motel_billing::{BillingError, PaymentDesk, Sum};
use motel_web::Problem;
use serde::Deserialize;

use super::booking::{BookingPath, ask_for_proof};
use super::proof;
use super::redirect::see_other;
use super::visit::Door;

/// What the guest wants to pay.
#[derive(Debug, Deserialize)]
pub(super) struct Choice {
    /// Everything, also what is due later.
    #[serde(default)]
    whole: bool,
}

/// The boxes beside the button.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Boxes {
    /// There when ticked: the card is kept for what is left to pay.
    keep_card: Option<String>,
}

/// Leads to the payment page of what is due.
pub(super) async fn pay(
    door: Door,
    path: web::Path<BookingPath>,
    choice: web::Query<Choice>,
    boxes: Option<web::Form<Boxes>>,
    desk: web::Data<PaymentDesk>,
) -> Result<HttpResponse, Problem> {
    let mut visit = door.open().await?;
    let code = path.code()?;
    let Some(booking) = proof::proven(&door.session, &mut visit.tx, &code).await? else {
        return Ok(ask_for_proof(&visit, &code));
    };
    let sum = if choice.whole { Sum::Whole } else { Sum::Due };
    // The desk opens transactions of its own.
    let place = visit.commit().await?;
    let back = format!("{}/booking/{code}", place.base);
    let (tenant, id, now) = (door.tenant.tenant, booking.id, door.now);
    let keeps_card = boxes.is_some_and(|boxes| boxes.keep_card.is_some());
    let issued = match keeps_card {
        true => desk.link_keeping_card(tenant, id, sum, now).await,
        false => desk.link(tenant, id, sum, now).await,
    };
    match issued {
        Ok(issued) => Ok(see_other(issued.url)),
        Err(BillingError::NothingDue | BillingError::LinkClosed) => Ok(see_other(back)),
        Err(BillingError::BeingCharged) => Ok(see_other(format!("{back}?charging=1"))),
        Err(BillingError::Gateway(fault)) => {
            tracing::warn!(%code, error = &fault as &dyn std::error::Error, "no payment page");
            Ok(see_other(format!("{back}?unpaid=1")))
        }
        Err(error) => Err(error.into()),
    }
}
