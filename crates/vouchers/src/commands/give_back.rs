use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_billing::commands::{Tender, Tendered, give_back_tender};
use motel_billing::{BillingError, LedgerAccount};
use motel_bookings::By;
use motel_db::TenantTx;
use motel_kernel::Money;

use super::locked::locked_gift_card;
use super::moves::{Move, note};
use crate::schema::gift_cards;
use crate::{GiftCard, GiftCardId, MovementId, MovementKind, VoucherError, VoucherUse};

/// What goes back onto a card can be spent for so long at least: its time may have run out meanwhile, through no fault of its
/// holder.
const USABLE_AGAIN: TimeDelta = TimeDelta::days(30);

/// Lets a part of a payment go back onto its gift card. Whoever calls has the turn on the folios.
pub(super) async fn give_back(
    tx: &mut TenantTx,
    card: GiftCardId,
    paid: &VoucherUse,
    amount: Money,
    by: By,
    now: DateTime<Utc>,
) -> Result<(), VoucherError> {
    let folio = motel_billing::queries::folio_by_id(tx, paid.folio).await?;
    let folio = folio.ok_or(BillingError::NotFound("folio"))?;
    let tender = Tender {
        account: LedgerAccount::gift_cards(),
        amount,
        description: format!("Back onto the {}", lower_first(&paid.title)),
        source: format!("gift_card:{}:back:{}", paid.id, paid.given_back.minor()),
    };
    let posted = give_back_tender(tx, &folio, tender, by).await?;
    let card = locked_gift_card(tx, card).await?;
    gone_back(tx, card.id, paid, amount, posted, now).await?;
    keep_usable(tx, &card, now).await
}

/// Notes what the ledger says went back.
pub(super) async fn gone_back(
    tx: &mut TenantTx,
    card: GiftCardId,
    paid: &VoucherUse,
    amount: Money,
    posted: Tendered,
    now: DateTime<Utc>,
) -> Result<(), VoucherError> {
    let back = Move {
        id: MovementId::fresh(),
        card,
        kind: MovementKind::GivenBack,
        amount,
        entry: posted.entry,
        on: Some((paid.booking, paid.folio, posted.posting)),
        of: Some(paid.id),
        source: format!("back:{}:{}", paid.id, paid.given_back.minor()),
        at: now,
    };
    note(tx, back).await
}

pub(super) async fn keep_usable(
    tx: &mut TenantTx,
    card: &GiftCard,
    now: DateTime<Utc>,
) -> Result<(), VoucherError> {
    let Some(end) = card.expires_at else {
        return Ok(());
    };
    diesel::update(gift_cards::table.find((tx.tenant(), card.id)))
        .set((
            gift_cards::expires_at.eq(end.max(now + USABLE_AGAIN)),
            gift_cards::expired_at.eq(None::<DateTime<Utc>>),
        ))
        .execute(tx.conn())
        .await?;
    Ok(())
}

fn lower_first(title: &str) -> String {
    let mut letters = title.chars();
    let first = letters.next().map(|letter| letter.to_ascii_lowercase());
    first.into_iter().chain(letters).collect()
}
