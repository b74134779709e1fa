use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_bookings::Booking;
use motel_db::TenantTx;
use motel_kernel::{Money, PaymentLinkId};
use motel_payments::{Checkout, GatewayName};

use super::charge::{refuse_while_charging, refuse_while_under_way};
use super::folio::keep_folio;
use super::intents::{advance, ask_soon, note_intent};
use super::turn::take_turn_on;
use crate::model::PaymentLinkRow;
use crate::rules::{Happening, is_fit, paid};
use crate::schema::payment_links;
use crate::{
    BillingError, Consent, Folio, LinkStatus, PaymentLink, PaymentRevoked, Purpose, Sum, Way,
    queries,
};

/// What a guest wants to pay, where, and whether the card is kept that they pay with.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    /// How much.
    pub sum: Sum,
    /// At whose page.
    pub gateway: GatewayName,
    /// The version of the text they agreed to who want the card kept.
    pub consent: Option<&'static str>,
}

/// The link by which a booking can be paid, as [`prepare_link`] makes it, without the card being kept.
///
/// # Errors
/// As [`prepare_link`].
pub async fn prepare_payment_link(
    tx: &mut TenantTx,
    booking: &Booking,
    sum: Sum,
    gateway: GatewayName,
    now: DateTime<Utc>,
) -> Result<PaymentLink, BillingError> {
    let wanted = Wanted {
        sum,
        gateway,
        consent: None,
    };
    prepare_link(tx, booking, wanted, now).await
}

/// The link by which a booking can be paid: the open one if it asks for the same, else a new one that has no page yet. The caller commits before it asks the gateway for the page, so that a crash in between leaves a row
/// whose id is the idempotency key of the next attempt.
///
/// # Errors
/// [`BillingError::NothingDue`]; [`BillingError::BeingCharged`] while a kept card is being charged, or a payment is under way that another page would repeat.
pub async fn prepare_link(
    tx: &mut TenantTx,
    booking: &Booking,
    wanted: Wanted,
    now: DateTime<Utc>,
) -> Result<PaymentLink, BillingError> {
    let folio = keep_folio(tx, booking).await?;
    refuse_while_charging(tx, booking.id).await?;
    let booking = motel_bookings::queries::find(tx, booking.id).await?;
    let due = queries::due(tx, &booking, now).await?;
    let due = match wanted.sum {
        Sum::Due => due.next(),
        Sum::Whole => due.whole(),
    };
    if due.is_zero() {
        return Err(BillingError::NothingDue);
    }
    let open = queries::open_link(tx, &folio).await?;
    if let Some(link) = &open {
        let agreed = link.consent().map(|consent| consent.version.as_str());
        let is_meant = link.gateway == wanted.gateway && agreed == wanted.consent;
        if link.amount == due && is_meant && !link.is_over(now) {
            return Ok(link.clone());
        }
    }
    // A payment that takes its time would be made a second time on a new page.
    refuse_while_under_way(tx, booking.id).await?;
    match open {
        Some(link) if link.is_over(now) => set_status(tx, link.id, LinkStatus::Expired).await?,
        Some(link) => withdraw(tx, &link).await?,
        None => {}
    }
    let consent = wanted.consent.map(|version| Consent {
        version: version.to_owned(),
        at: now,
    });
    insert(tx, &folio, due, wanted.gateway, Way::Page { consent }, now).await
}

/// Notes the page the gateway made. A page that was noted before stays.
pub async fn store_checkout(
    tx: &mut TenantTx,
    id: PaymentLinkId,
    checkout: &Checkout,
) -> Result<PaymentLink, BillingError> {
    let without_page =
        payment_links::table.filter(payment_links::id.eq(id).and(payment_links::url.is_null()));
    diesel::update(without_page.filter(payment_links::tenant_id.eq(tx.tenant())))
        .set((
            payment_links::gateway_reference.eq(&checkout.gateway_reference),
            payment_links::url.eq(&checkout.url),
            payment_links::expires_at.eq(checkout.expires_at),
        ))
        .execute(tx.conn())
        .await?;
    advance(tx, id, Happening::PageMade).await?;
    let link = queries::payment_link(tx, id).await?;
    link.ok_or(BillingError::NotFound("payment link"))
}

/// Notes that the gateway will never make a page for this link, so that the next attempt takes a new one.
pub async fn refuse_link(tx: &mut TenantTx, link: &PaymentLink) -> Result<(), BillingError> {
    take_turn_on(tx, link.folio).await?;
    match queries::payment_link(tx, link.id).await? {
        Some(link) if link.status == LinkStatus::Open && link.checkout.is_none() => {
            set_status(tx, link.id, LinkStatus::Failed).await?;
            advance(tx, link.id, Happening::Failed).await
        }
        _ => Ok(()),
    }
}

/// Closes each open link that asks for something else than all that is owed or what is left of the deposit: whoever
/// follows it would pay what is no longer owed. Whoever calls has the turn on the folios.
pub(super) async fn withdraw_unfit_links(
    tx: &mut TenantTx,
    booking: &Booking,
) -> Result<(), BillingError> {
    for folio in queries::folios(tx, booking.id).await? {
        if let Some(link) = queries::open_link(tx, &folio).await?
            && !fits(tx, booking, &folio, &link).await?
        {
            withdraw(tx, &link).await?;
        }
    }
    Ok(())
}

/// Withdraws an open link, and has its gateway close the page where it can: who had it open would pay what is no longer asked
/// for. What is charged to a card is asked about at once: it may have been taken. Whoever calls has the turn on the folio.
pub(super) async fn withdraw(tx: &mut TenantTx, link: &PaymentLink) -> Result<(), BillingError> {
    set_status(tx, link.id, LinkStatus::Cancelled).await?;
    if link.is_charge() {
        return ask_soon(tx, link.id).await;
    }
    let revoked = PaymentRevoked {
        payment_link_id: link.id,
    };
    motel_jobs::publish(tx, &revoked).await?;
    Ok(())
}

async fn fits(
    tx: &mut TenantTx,
    booking: &Booking,
    folio: &Folio,
    link: &PaymentLink,
) -> Result<bool, BillingError> {
    let account = queries::folio_account(tx, booking, folio).await?;
    // What staff charge to a kept card may be a part of what is owed.
    if link.is_charge() {
        return Ok(link.amount.minor() <= account.balance.minor());
    }
    let terms = queries::payment_terms(tx, folio.id).await?;
    let terms = terms.filter(|_| booking.status().is_to_come());
    let paid = paid(&account.postings, account.balance)?;
    Ok(is_fit(link.amount, terms, account.balance, paid))
}

/// Whoever calls has the turn on the folio.
pub(super) async fn set_status(
    tx: &mut TenantTx,
    id: PaymentLinkId,
    status: LinkStatus,
) -> Result<(), BillingError> {
    diesel::update(payment_links::table.find((tx.tenant(), id)))
        .set(payment_links::status.eq(status))
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Whoever calls has the turn on the folio, and no link of it is open.
pub(super) async fn insert(
    tx: &mut TenantTx,
    folio: &Folio,
    amount: Money,
    gateway: GatewayName,
    way: Way,
    now: DateTime<Utc>,
) -> Result<PaymentLink, BillingError> {
    let link = PaymentLink {
        id: PaymentLinkId::new(),
        folio: folio.id,
        amount,
        status: LinkStatus::Open,
        gateway,
        checkout: None,
        way,
        purpose: Purpose::Take,
    };
    insert_link(tx, &link, now).await?;
    Ok(link)
}

/// Writes a link and its intent.
pub(super) async fn insert_link(
    tx: &mut TenantTx,
    link: &PaymentLink,
    now: DateTime<Utc>,
) -> Result<(), BillingError> {
    diesel::insert_into(payment_links::table)
        .values(PaymentLinkRow::new(tx.tenant(), link, now))
        .execute(tx.conn())
        .await?;
    note_intent(tx, link.id).await
}
