use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_billing::LedgerAccount;
use motel_bookings::By;
use motel_db::TenantTx;

use super::locked::locked_gift_card;
use super::moves::{Move, note};
use crate::schema::gift_cards;
use crate::{GiftCard, GiftCardId, MovementId, MovementKind, PaidBy, VoucherError, queries};

/// Takes a gift card out of use. What is left on it was paid back to its buyer, by the way that is said, or is the house's.
/// What comes back onto it later, from a booking that is cancelled, can be voided again.
///
/// # Errors
/// [`VoucherError::AlreadyVoid`] when nothing is left on a void one, [`VoucherError::NotFound`].
pub async fn void_gift_card(
    tx: &mut TenantTx,
    id: GiftCardId,
    paid_back_by: Option<PaidBy>,
    by: By,
    now: DateTime<Utc>,
) -> Result<GiftCard, VoucherError> {
    let card = locked_gift_card(tx, id).await?;
    if card.voided_at.is_some() && card.balance.is_zero() {
        return Err(VoucherError::AlreadyVoid);
    }
    let to = match paid_back_by {
        Some(method) => LedgerAccount::payments(method.as_str()),
        None => LedgerAccount::adjustments(),
    };
    take_rest(tx, &card, MovementKind::Voided, &to, by, now).await?;
    diesel::update(gift_cards::table.find((tx.tenant(), id)))
        .set(gift_cards::voided_at.eq(card.voided_at.unwrap_or(now)))
        .execute(tx.conn())
        .await?;
    queries::gift_card(tx, id).await
}

/// Takes all that is left off a card that is locked, for good.
pub(super) async fn take_rest(
    tx: &mut TenantTx,
    card: &GiftCard,
    kind: MovementKind,
    to: &LedgerAccount,
    by: By,
    now: DateTime<Utc>,
) -> Result<(), VoucherError> {
    if card.balance.is_zero() {
        return Ok(());
    }
    let from = LedgerAccount::gift_cards();
    let entry =
        motel_billing::commands::post_aside(tx, card.property, &from, to, card.balance, by).await?;
    let id = MovementId::fresh();
    let rest = Move {
        id,
        card: card.id,
        kind,
        amount: card.balance.negated()?,
        entry,
        on: None,
        of: None,
        source: format!("{kind}:{id}"),
        at: now,
    };
    note(tx, rest).await
}
