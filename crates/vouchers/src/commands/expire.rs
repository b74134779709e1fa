use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_billing::LedgerAccount;
use motel_bookings::By;
use motel_db::{PlatformTx, TenantTx};
use motel_kernel::TenantId;

use super::locked::locked_gift_card;
use super::void::take_rest;
use crate::schema::gift_cards;
use crate::{GiftCardId, GiftCardState, MovementKind, VoucherError};

/// How many cards are looked at in one go.
const AT_ONCE: i64 = 500;

/// The gift cards, of one tenant or of all, whose time is over at `now` and from which nothing was taken for it.
pub(crate) async fn gift_cards_to_expire(
    tx: &mut PlatformTx,
    of: Option<TenantId>,
    now: DateTime<Utc>,
) -> Result<Vec<(TenantId, GiftCardId)>, VoucherError> {
    let mut over = gift_cards::table
        .filter(gift_cards::expires_at.le(now))
        .filter(gift_cards::expired_at.is_null())
        .order(gift_cards::expires_at)
        .limit(AT_ONCE)
        .select((gift_cards::tenant_id, gift_cards::id))
        .into_boxed();
    if let Some(tenant) = of {
        over = over.filter(gift_cards::tenant_id.eq(tenant));
    }
    Ok(over.load(tx.conn()).await?)
}

/// Takes what is left off a gift card whose time is over: it is the house's, and no longer owed. True when it was done now.
pub async fn expire_gift_card(
    tx: &mut TenantTx,
    id: GiftCardId,
    now: DateTime<Utc>,
) -> Result<bool, VoucherError> {
    let card = locked_gift_card(tx, id).await?;
    let is_done: bool = gift_cards::table
        .find((tx.tenant(), id))
        .select(gift_cards::expired_at.is_not_null())
        .first(tx.conn())
        .await?;
    let is_over = card.expires_at.is_some_and(|end| end <= now);
    if is_done || !is_over {
        return Ok(false);
    }
    if card.state(now) == GiftCardState::Expired {
        let to = LedgerAccount::revenue("gift_card_expired");
        take_rest(tx, &card, MovementKind::Expired, &to, By::system(), now).await?;
    }
    diesel::update(gift_cards::table.find((tx.tenant(), id)))
        .set(gift_cards::expired_at.eq(now))
        .execute(tx.conn())
        .await?;
    Ok(true)
}
