//! What a gateway is asked to do with a card that guests left.

use motel_db::TenantTx;
use motel_payments::ChargeRequest;

use crate::{BillingError, KeptCard, LinkStatus, PaymentLink, queries};

/// True while the card is to be asked.
pub(super) fn is_wanted(link: &PaymentLink, card: &KeptCard) -> bool {
    link.status == LinkStatus::Open && card.is_kept()
}

/// The request to charge the card, or to set money aside on it. Everything in it follows from the rows, as one idempotency key must
/// always carry one request.
pub(super) async fn request_on(
    tx: &mut TenantTx,
    link: &PaymentLink,
    card: &KeptCard,
) -> Result<ChargeRequest, BillingError> {
    let folio = queries::folio_by_id(tx, link.folio).await?;
    let folio = folio.ok_or(BillingError::NotFound("folio"))?;
    let booking = motel_bookings::queries::find(tx, folio.booking).await?;
    Ok(ChargeRequest {
        tenant: tx.tenant(),
        reference: link.id,
        card: card.card.reference.clone(),
        amount: link.amount,
        description: format!("Booking {}", booking.code),
        idempotency_key: format!("payment-link-{}", link.id),
    })
}
