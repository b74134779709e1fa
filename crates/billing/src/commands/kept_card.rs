use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{FolioId, PaymentLinkId};
use motel_payments::SavedCard;

use super::turn::take_turn_on;
use crate::model::KeptCardRow;
use crate::schema::payment_methods as table;
use crate::{BillingError, CardRemoved, KeptCard, PaymentLink, queries};

/// Keeps the card that was left with a payment, in place of one that was left before. Doing it twice keeps it once; one that
/// was removed stays removed. Nothing is kept without consent.
pub async fn keep_card(
    tx: &mut TenantTx,
    link: &PaymentLink,
    card: SavedCard,
    now: DateTime<Utc>,
) -> Result<(), BillingError> {
    let Some(consent) = link.consent() else {
        return Ok(());
    };
    take_turn_on(tx, link.folio).await?;
    if queries::card(tx, link.id).await?.is_some() {
        return Ok(());
    }
    remove_from(tx, link.folio, now).await?;
    diesel::insert_into(table::table)
        .values(KeptCardRow::new(tx.tenant(), link, consent, card, now))
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Has a card charged no more, and forgotten at its gateway once this is committed. Removing it twice removes it once.
///
/// # Errors
/// [`BillingError::NotFound`].
pub async fn remove_card(
    tx: &mut TenantTx,
    id: PaymentLinkId,
    now: DateTime<Utc>,
) -> Result<KeptCard, BillingError> {
    let missing = || BillingError::NotFound("card");
    let card = queries::card(tx, id).await?.ok_or_else(missing)?;
    take_turn_on(tx, card.folio).await?;
    if queries::kept_card(tx, card.folio)
        .await?
        .is_some_and(|kept| kept.id == id)
    {
        remove_from(tx, card.folio, now).await?;
    }
    queries::card(tx, id).await?.ok_or_else(missing)
}

/// Whoever calls has the turn on the folio.
async fn remove_from(
    tx: &mut TenantTx,
    folio: FolioId,
    now: DateTime<Utc>,
) -> Result<(), BillingError> {
    let Some(kept) = queries::kept_card(tx, folio).await? else {
        return Ok(());
    };
    diesel::update(table::table.find((tx.tenant(), kept.id)))
        .set(table::removed_at.eq(now))
        .execute(tx.conn())
        .await?;
    motel_jobs::publish(tx, &CardRemoved { card_id: kept.id }).await?;
    Ok(())
}
