use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_billing::commands::{hold_folio, take_off_tender};
use motel_bookings::By;
use motel_db::TenantTx;
use motel_kernel::Actor;

use super::give_back::{give_back, gone_back, keep_usable};
use super::locked::locked_gift_card;
use crate::schema::coupon_uses;
use crate::{GiftCardId, Voucher, VoucherError, VoucherUse, VoucherUseId, queries};

/// Takes a gift card or a coupon off its folio, all that still stands of it: by a counter-line, or where a part went back
/// before, by a line of the rest. What was paid with a gift card is on it again, and a coupon can be used once more.
///
/// # Errors
/// [`VoucherError::TakenOff`], [`VoucherError::NotFound`], [`motel_billing::BillingError::FolioClosed`].
pub async fn take_off(
    tx: &mut TenantTx,
    id: VoucherUseId,
    actor: Actor,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<VoucherUse, VoucherError> {
    let found = queries::voucher_use(tx, id).await?;
    hold_folio(tx, found.folio).await?;
    // It may have been taken off before it was our turn.
    let found = queries::voucher_use(tx, id).await?;
    let by = By::actor(actor).because(reason);
    match found.voucher {
        _ if found.standing()?.is_zero() => return Err(VoucherError::TakenOff),
        Voucher::Coupon(_) => take_coupon_off(tx, &found, by, reason, now).await?,
        Voucher::GiftCard(card) if found.given_back.is_zero() => {
            take_card_off(tx, card, &found, by, reason, now).await?;
        }
        Voucher::GiftCard(card) => {
            give_back(tx, card, &found, found.standing()?, by, now).await?;
        }
    }
    queries::voucher_use(tx, id).await
}

/// Whoever calls has the turn on the folios.
pub(super) async fn take_coupon_off(
    tx: &mut TenantTx,
    used: &VoucherUse,
    by: By,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<(), VoucherError> {
    take_off_tender(tx, used.posting, by, reason).await?;
    diesel::update(coupon_uses::table.find((tx.tenant(), used.id)))
        .set(coupon_uses::taken_off_at.eq(now))
        .execute(tx.conn())
        .await?;
    Ok(())
}

async fn take_card_off(
    tx: &mut TenantTx,
    card: GiftCardId,
    paid: &VoucherUse,
    by: By,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<(), VoucherError> {
    let posted = take_off_tender(tx, paid.posting, by, reason).await?;
    let card = locked_gift_card(tx, card).await?;
    gone_back(tx, card.id, paid, paid.amount, posted, now).await?;
    keep_usable(tx, &card, now).await
}
