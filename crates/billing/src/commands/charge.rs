//! Charging a card that guests left: asked for here, done by the desk.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_bookings::{Booking, By};
use motel_db::TenantTx;
use motel_kernel::{Actor, BookingId, Money, PaymentLinkId};

use super::folio::keep_folio;
use super::intents::advance;
use super::payment_link::{insert, set_status, withdraw};
use super::turn::take_turn_on;
use crate::rules::Happening;
use crate::schema::payment_intents;
use crate::{
    BillingError, ChargeRequested, IntentState, LinkStatus, Payment, PaymentDue, PaymentLink, Way,
    queries,
};

/// What is noted of a charge that the gateway did not let us make.
pub(crate) const NOT_LET: &str = "gateway_key_refused";

/// What is noted of one whose gateway said nothing about it for days.
pub(crate) const NOT_HEARD: &str = "gateway_silent";

/// What is noted of one that no gateway was there for.
pub(crate) const NO_GATEWAY: &str = "its gateway is no longer set up";

/// What is noted of one whose card was removed before it was charged.
pub(crate) const CARD_REMOVED: &str = "the card was removed";

/// No faults of the card's, so that nobody is told that its bank refused.
const NOT_THE_CARD: [&str; 4] = [NOT_LET, NOT_HEARD, NO_GATEWAY, CARD_REMOVED];

/// Asks for money to be taken from the card that a booking's guests left: an amount, or all that they owe. The charge is
/// written here and made once this is committed, so that nothing is charged of which we do not know. A page that is open is
/// withdrawn.
///
/// # Errors
/// [`BillingError::NoCardKept`], [`BillingError::NothingDue`], [`BillingError::AboveOwed`], [`BillingError::WrongCurrency`];
/// [`BillingError::BeingCharged`] while another charge or payment is under way.
pub async fn request_charge(
    tx: &mut TenantTx,
    booking: &Booking,
    wanted: Option<Money>,
    by: By,
    now: DateTime<Utc>,
) -> Result<PaymentLink, BillingError> {
    let folio = keep_folio(tx, booking).await?;
    let booking = motel_bookings::queries::find(tx, booking.id).await?;
    let card = queries::kept_card(tx, folio.id).await?;
    let card = card.ok_or(BillingError::NoCardKept)?;
    refuse_while_under_way(tx, booking.id).await?;
    let owed = queries::due(tx, &booking, now).await?.whole();
    let amount = fitting(wanted, owed)?;
    if let Some(open) = queries::open_link(tx, &folio).await? {
        withdraw(tx, &open).await?;
    }
    let way = Way::KeptCard {
        card: card.id,
        by,
        asked_at: now,
    };
    let link = insert(tx, &folio, amount, card.gateway, way, now).await?;
    let asked = ChargeRequested {
        payment_link_id: link.id,
    };
    motel_jobs::publish(tx, &asked).await?;
    Ok(link)
}

/// Money that may be here any moment.
fn is_under_way(payment: &Payment) -> bool {
    let is_taken = !payment.link.is_authorisation();
    payment.is_charging() || (is_taken && payment.state == IntentState::Processing)
}

fn fitting(wanted: Option<Money>, owed: Money) -> Result<Money, BillingError> {
    let amount = wanted.unwrap_or(owed);
    match () {
        () if amount.currency() != owed.currency() => Err(BillingError::WrongCurrency),
        () if owed.is_zero() => Err(BillingError::NothingDue),
        () if amount.minor() > owed.minor() => Err(BillingError::AboveOwed),
        () => Ok(amount),
    }
}

/// Refuses another payment while one is under way.
pub(super) async fn refuse_while_under_way(
    tx: &mut TenantTx,
    booking: BookingId,
) -> Result<(), BillingError> {
    let payments = queries::payments(tx, booking).await?;
    match payments.iter().any(is_under_way) {
        true => Err(BillingError::BeingCharged),
        false => Ok(()),
    }
}

/// Refuses another way to pay while a kept card is being charged: the guest would pay twice.
///
/// # Errors
/// [`BillingError::BeingCharged`].
pub async fn refuse_while_charging(
    tx: &mut TenantTx,
    booking: BookingId,
) -> Result<(), BillingError> {
    let payments = queries::payments(tx, booking).await?;
    match payments.iter().any(Payment::is_charging) {
        true => Err(BillingError::BeingCharged),
        false => Ok(()),
    }
}

/// Notes, once, that a card was refused or that its owner has to pay themselves. When it was charged by itself, the guests
/// are written to, with the way to pay.
pub(crate) async fn fail_charge(
    tx: &mut TenantTx,
    id: PaymentLinkId,
    why: &str,
) -> Result<(), BillingError> {
    let missing = || BillingError::NotFound("payment");
    let link = queries::payment_link(tx, id).await?.ok_or_else(missing)?;
    let folio = take_turn_on(tx, link.folio).await?;
    // What became of it before it was our turn counts.
    let payment = queries::payment(tx, id).await?.ok_or_else(missing)?;
    if !payment.state.is_in_doubt() {
        return Ok(());
    }
    if payment.link.status == LinkStatus::Open {
        set_status(tx, id, LinkStatus::Failed).await?;
    }
    advance(tx, id, Happening::Failed).await?;
    let why: String = why.chars().take(500).collect();
    diesel::update(payment_intents::table.find((tx.tenant(), id)))
        .set(payment_intents::failure.eq(&why))
        .execute(tx.conn())
        .await?;
    if let Way::KeptCard { by, asked_at, .. } = &link.way
        && by.actor == Actor::System
    {
        let due = PaymentDue {
            booking_id: folio.booking,
            planned_for: *asked_at,
            amount: link.amount,
            card_refused: !NOT_THE_CARD.contains(&why.as_str()),
        };
        motel_jobs::publish(tx, &due).await?;
    }
    Ok(())
}
