use chrono::{DateTime, Utc};
use motel_billing::BillingError;
use motel_billing::commands::{hold_folio, keep_folio, refuse_while_charging};
use motel_bookings::{Booking, By};
use motel_db::TenantTx;
use motel_kernel::{FolioId, Money};

use super::redeem_coupon::redeem_coupon;
use super::redeem_gift_card::{paid_before, redeem_gift_card};
use crate::{Unusable, VoucherCode, VoucherError, VoucherUse, queries};

/// What somebody wants to pay with, and for what.
#[derive(Debug, Clone)]
pub struct RedeemRequest {
    /// The code.
    pub code: VoucherCode,
    /// On which folio of the booking; its guests' own otherwise.
    pub folio: Option<FolioId>,
    /// With a gift card at most so much; else all that is owed and on it.
    pub most: Option<Money>,
    /// The caller's own name for this payment, so that asking again does it once; at most 255 characters.
    pub key: Option<String>,
}

/// Pays what is owed on a folio with a gift card or a coupon, as far as it goes. The folio's turn is taken first, then the
/// card or the coupon is locked. A coupon that is on the booking already is answered as it is.
///
/// # Errors
/// [`BillingError::NothingDue`], [`BillingError::FolioClosed`]; [`VoucherError::Unusable`] for a code that takes nothing off,
/// [`VoucherError::NotForThis`] for a coupon that is not for this booking.
pub async fn redeem(
    tx: &mut TenantTx,
    booking: &Booking,
    request: &RedeemRequest,
    by: By,
    now: DateTime<Utc>,
) -> Result<VoucherUse, VoucherError> {
    let folio = match request.folio {
        Some(id) => hold_folio(tx, id).await?,
        None => keep_folio(tx, booking).await?,
    };
    if folio.booking != booking.id {
        return Err(VoucherError::NotFound("folio"));
    }
    // As it is now that it is our turn.
    let booking = motel_bookings::queries::find(tx, booking.id).await?;
    let account = motel_billing::queries::folio_account(tx, &booking, &folio).await?;
    let place = Place {
        owed: account.balance,
        booking,
        folio,
        by,
        now,
    };
    if let Some(digest) = request.code.gift_card
        && let Some(card) = queries::gift_card_by_digest(tx, digest).await?
    {
        if let Some(before) = paid_before(tx, card.id, &place, request).await? {
            return Ok(before);
        }
        place.check_owed()?;
        refuse_while_charging(tx, place.booking.id).await?;
        return redeem_gift_card(tx, card.id, &place, request).await;
    }
    if let Some(code) = &request.code.coupon
        && let Some(coupon) = queries::coupon_by_code(tx, place.booking.property, code).await?
    {
        refuse_while_charging(tx, place.booking.id).await?;
        return redeem_coupon(tx, coupon.id, &place).await;
    }
    place.check_owed()?;
    Err(VoucherError::Unusable(Unusable::Unknown))
}

/// Where something is paid, and how it stands there.
pub(super) struct Place {
    pub(super) booking: Booking,
    pub(super) folio: motel_billing::Folio,
    pub(super) owed: Money,
    pub(super) by: By,
    pub(super) now: DateTime<Utc>,
}

impl Place {
    pub(super) fn check_owed(&self) -> Result<(), VoucherError> {
        match self.owed.minor() > 0 {
            true => Ok(()),
            false => Err(BillingError::NothingDue.into()),
        }
    }
}
