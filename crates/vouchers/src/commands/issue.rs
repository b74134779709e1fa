use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_billing::{BillingError, LedgerAccount};
use motel_bookings::By;
use motel_db::TenantTx;
use motel_kernel::{Email, Money, local_instant};
use motel_tenancy::Property;

use super::moves::{Move, note};
use super::tell_code::send;
use crate::schema::gift_cards;
use crate::{
    GiftCard, GiftCardId, MovementId, MovementKind, PaidBy, Recipient, VoucherError, queries,
};

/// A gift card that is sold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewGiftCard {
    /// What it is worth and costs: more than nothing, in the property's currency.
    pub amount: Money,
    /// How it was paid for.
    pub paid_by: PaidBy,
    /// The last day on which it can be paid with; for ever otherwise.
    pub expires_on: Option<NaiveDate>,
    /// Who bought it.
    pub buyer_email: Option<Email>,
    /// Whom it is for. With an address it is mailed there.
    pub recipient: Recipient,
}

/// Sells a gift card: money comes in, and as much is owed to whoever holds the card. Its code is made when it is mailed or
/// printed ([`super::tell_code`]).
///
/// # Errors
/// [`BillingError::WrongCurrency`].
pub async fn issue_gift_card(
    tx: &mut TenantTx,
    property: &Property,
    wanted: &NewGiftCard,
    by: By,
    now: DateTime<Utc>,
) -> Result<GiftCard, VoucherError> {
    if wanted.amount.currency() != property.currency {
        return Err(BillingError::WrongCurrency.into());
    }
    let id = GiftCardId::fresh();
    insert(tx, id, property, wanted, now).await?;
    let entry = motel_billing::commands::post_aside(
        tx,
        property.id,
        &LedgerAccount::payments(wanted.paid_by.as_str()),
        &LedgerAccount::gift_cards(),
        wanted.amount,
        by,
    )
    .await?;
    let issued = Move {
        id: MovementId::fresh(),
        card: id,
        kind: MovementKind::Issued,
        amount: wanted.amount,
        entry,
        on: None,
        of: None,
        source: "issued".to_owned(),
        at: now,
    };
    note(tx, issued).await?;
    if wanted.recipient.email.is_some() {
        send(tx, id).await?;
    }
    queries::gift_card(tx, id).await
}

async fn insert(
    tx: &mut TenantTx,
    id: GiftCardId,
    property: &Property,
    wanted: &NewGiftCard,
    now: DateTime<Utc>,
) -> Result<(), VoucherError> {
    // At the end of its last day.
    let end = wanted
        .expires_on
        .and_then(|day| day.checked_add_days(Days::new(1)));
    let expires_at = end.map(|day| local_instant(day, NaiveTime::MIN, property.timezone));
    diesel::insert_into(gift_cards::table)
        .values((
            gift_cards::tenant_id.eq(tx.tenant()),
            gift_cards::id.eq(id),
            gift_cards::property_id.eq(property.id),
            gift_cards::currency.eq(wanted.amount.currency().code()),
            gift_cards::expires_at.eq(expires_at),
            gift_cards::buyer_email.eq(&wanted.buyer_email),
            gift_cards::recipient_name.eq(&wanted.recipient.name),
            gift_cards::recipient_email.eq(&wanted.recipient.email),
            gift_cards::message.eq(&wanted.recipient.message),
            gift_cards::issued_at.eq(now),
        ))
        .execute(tx.conn())
        .await?;
    Ok(())
}
