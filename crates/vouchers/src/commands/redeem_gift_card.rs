use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_billing::LedgerAccount;
use motel_billing::commands::{Tender, post_tender};
use motel_db::TenantTx;
use motel_kernel::Money;

use super::locked::locked_gift_card;
use super::moves::{Move, note};
use super::redeem::{Place, RedeemRequest};
use crate::schema::movements;
use crate::{
    GiftCard, GiftCardId, GiftCardState, MovementId, MovementKind, Unusable, VoucherError,
    VoucherUse, VoucherUseId, queries,
};

/// Pays with a gift card: what is owed, as far as it goes.
pub(super) async fn redeem_gift_card(
    tx: &mut TenantTx,
    id: GiftCardId,
    place: &Place,
    request: &RedeemRequest,
) -> Result<VoucherUse, VoucherError> {
    let card = locked_gift_card(tx, id).await?;
    let amount = amount(&card, place, request.most).map_err(VoucherError::Unusable)?;
    let movement = MovementId::fresh();
    let tender = Tender {
        account: LedgerAccount::gift_cards(),
        amount,
        description: card.title(),
        source: format!("gift_card:{movement}"),
    };
    let posted = post_tender(tx, &place.folio, tender, place.by.clone()).await?;
    let paid = Move {
        id: movement,
        card: id,
        kind: MovementKind::Redeemed,
        amount: amount.negated()?,
        entry: posted.entry,
        on: Some((place.booking.id, place.folio.id, posted.posting)),
        of: None,
        source: source(place, request).unwrap_or_else(|| format!("redeemed:{movement}")),
        at: place.now,
    };
    note(tx, paid).await?;
    queries::voucher_use(tx, VoucherUseId::from(movement.as_uuid())).await
}

/// What was paid before under the same key.
pub(super) async fn paid_before(
    tx: &mut TenantTx,
    id: GiftCardId,
    place: &Place,
    request: &RedeemRequest,
) -> Result<Option<VoucherUse>, VoucherError> {
    let Some(source) = source(place, request) else {
        return Ok(None);
    };
    let found: Option<VoucherUseId> = movements::table
        .filter(movements::tenant_id.eq(tx.tenant()))
        .filter(movements::gift_card_id.eq(id))
        .filter(movements::source.eq(source))
        .select(movements::id)
        .first(tx.conn())
        .await
        .optional()?;
    match found {
        Some(id) => queries::voucher_use(tx, id).await.map(Some),
        None => Ok(None),
    }
}

fn source(place: &Place, request: &RedeemRequest) -> Option<String> {
    let key = request.key.as_ref()?;
    Some(format!("redeemed:{}:{key}", place.folio.id))
}

fn amount(card: &GiftCard, place: &Place, most: Option<Money>) -> Result<Money, Unusable> {
    match card.state(place.now) {
        GiftCardState::Active => {}
        GiftCardState::Spent => return Err(Unusable::Spent),
        GiftCardState::Expired => return Err(Unusable::Expired),
        GiftCardState::Void => return Err(Unusable::Void),
    }
    let currency = place.owed.currency();
    let same = card.balance.currency() == currency && card.property == place.booking.property;
    if !same || most.is_some_and(|most| most.currency() != currency) {
        return Err(Unusable::WrongCurrency);
    }
    let minor = place.owed.minor().min(card.balance.minor());
    let minor = most.map_or(minor, |most| minor.min(most.minor()));
    Ok(Money::new(minor, currency))
}
