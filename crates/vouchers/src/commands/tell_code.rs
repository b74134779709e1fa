use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::Email;

use super::locked::locked_gift_card;
use crate::schema::gift_cards;
use crate::{
    GiftCard, GiftCardCode, GiftCardId, GiftCardSent, GiftCardState, Unusable, VoucherError,
    queries,
};

/// Makes a code for a gift card, to be printed or mailed now: nobody can look it up later. The one before it works no more.
///
/// # Errors
/// [`VoucherError::Unusable`] for a card that is void or expired, [`VoucherError::NotFound`].
pub async fn tell_code(
    tx: &mut TenantTx,
    id: GiftCardId,
    now: DateTime<Utc>,
) -> Result<(GiftCard, GiftCardCode), VoucherError> {
    check_in_use(&locked_gift_card(tx, id).await?, now)?;
    let code = GiftCardCode::mint();
    diesel::update(gift_cards::table.find((tx.tenant(), id)))
        .set((
            gift_cards::digest.eq(code.digest().as_bytes()),
            gift_cards::last_four.eq(code.last_four()),
        ))
        .execute(tx.conn())
        .await?;
    Ok((queries::gift_card(tx, id).await?, code))
}

/// Has a gift card mailed with a new code, once the transaction is committed: to its recipient, or to `email` from now on.
///
/// # Errors
/// [`VoucherError::Unusable`] for a card that is void or expired; [`VoucherError::NotFound`], also when no address is known.
pub async fn send_gift_card(
    tx: &mut TenantTx,
    id: GiftCardId,
    email: Option<&Email>,
    now: DateTime<Utc>,
) -> Result<GiftCard, VoucherError> {
    let card = locked_gift_card(tx, id).await?;
    check_in_use(&card, now)?;
    match (email, card.recipient.email) {
        (Some(email), _) => {
            diesel::update(gift_cards::table.find((tx.tenant(), id)))
                .set(gift_cards::recipient_email.eq(email))
                .execute(tx.conn())
                .await?;
        }
        (None, Some(_)) => {}
        (None, None) => return Err(VoucherError::NotFound("e-mail address")),
    }
    send(tx, id).await?;
    queries::gift_card(tx, id).await
}

pub(super) async fn send(tx: &mut TenantTx, id: GiftCardId) -> Result<(), VoucherError> {
    motel_jobs::publish(tx, &GiftCardSent { gift_card_id: id }).await?;
    Ok(())
}

fn check_in_use(card: &GiftCard, now: DateTime<Utc>) -> Result<(), VoucherError> {
    match card.state(now) {
        GiftCardState::Active | GiftCardState::Spent => Ok(()),
        GiftCardState::Expired => Err(VoucherError::Unusable(Unusable::Expired)),
        GiftCardState::Void => Err(VoucherError::Unusable(Unusable::Void)),
    }
}
