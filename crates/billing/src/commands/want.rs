//! What is wanted of money that is set aside: written here, done by the desk once this is committed.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_bookings::By;
use motel_db::TenantTx;
use motel_kernel::{Money, PaymentLinkId};

use super::charge::refuse_while_charging;
use super::intents::{advance, ask_anew};
use super::payment_link::withdraw;
use super::turn::take_turn_on;
use crate::model::Wanted;
use crate::rules::Happening;
use crate::schema::authorisations as table;
use crate::{Authorisation, AuthorisationWanted, BillingError, IntentState, LinkStatus, queries};

/// Asks for money that is set aside to be taken: an amount, or all of it. The rest is let go, and no more can be taken. A page
/// that is open is withdrawn: the guests would pay on it what is taken here.
///
/// # Errors
/// [`BillingError::AuthorisationOver`] when nothing is set aside any more, or something else is wanted of it already;
/// [`BillingError::BeingCharged`] while a kept card is being charged, or something else that is set aside is being taken;
/// [`BillingError::AboveAuthorised`], [`BillingError::WrongCurrency`], [`BillingError::NotFound`].
pub async fn want_capture(
    tx: &mut TenantTx,
    id: PaymentLinkId,
    wanted: Option<Money>,
    by: By,
    now: DateTime<Utc>,
) -> Result<Authorisation, BillingError> {
    let found = on_its_turn(tx, id).await?;
    let set_aside = match (found.payment.state, &found.set_aside) {
        (IntentState::Authorised, Some(set_aside)) => set_aside.amount,
        _ => return Err(BillingError::AuthorisationOver),
    };
    let amount = wanted.unwrap_or(set_aside);
    if amount.currency() != set_aside.currency() {
        return Err(BillingError::WrongCurrency);
    }
    if amount.minor() > set_aside.minor() {
        return Err(BillingError::AboveAuthorised);
    }
    let folio = queries::folio_by_id(tx, found.payment.link.folio).await?;
    let folio = folio.ok_or(BillingError::NotFound("folio"))?;
    refuse_while_charging(tx, folio.booking).await?;
    if let Some(open) = queries::open_link(tx, &folio).await? {
        withdraw(tx, &open).await?;
    }
    want(tx, id, Some(amount), by, now).await
}

/// Asks for money that is set aside to be let go. A page on which nobody agreed yet is withdrawn. What is let go already, or is
/// being let go, stays as it is.
///
/// # Errors
/// [`BillingError::AuthorisationOver`] when it was taken, or is being taken; [`BillingError::NotFound`].
pub async fn want_void(
    tx: &mut TenantTx,
    id: PaymentLinkId,
    by: By,
    now: DateTime<Utc>,
) -> Result<Authorisation, BillingError> {
    let found = on_its_turn(tx, id).await?;
    match found.payment.state {
        IntentState::Authorised => want(tx, id, None, by, now).await,
        IntentState::Voiding | IntentState::Cancelled | IntentState::Lapsed => Ok(found),
        state if state.is_in_doubt() => {
            if found.payment.link.status == LinkStatus::Open {
                withdraw(tx, &found.payment.link).await?;
                // What was agreed to meanwhile is found out, and let go then. That a kept card may have been asked for it is
                // not forgotten: its gateway is asked first.
                if !found.payment.link.is_charge() {
                    ask_anew(tx, id).await?;
                }
            }
            authorisation(tx, id).await
        }
        _ => Err(BillingError::AuthorisationOver),
    }
}

/// An authorisation that nobody else changes until the transaction ends.
pub(super) async fn on_its_turn(
    tx: &mut TenantTx,
    id: PaymentLinkId,
) -> Result<Authorisation, BillingError> {
    let found = authorisation(tx, id).await?;
    take_turn_on(tx, found.payment.link.folio).await?;
    // What became of it before it was our turn counts.
    authorisation(tx, id).await
}

pub(super) async fn authorisation(
    tx: &mut TenantTx,
    id: PaymentLinkId,
) -> Result<Authorisation, BillingError> {
    let found = queries::authorisation(tx, id).await?;
    found.ok_or(BillingError::NotFound("authorisation"))
}

/// Writes down what is wanted of money that is set aside. Whoever calls has the turn on the folio.
pub(super) async fn want(
    tx: &mut TenantTx,
    id: PaymentLinkId,
    take: Option<Money>,
    by: By,
    now: DateTime<Utc>,
) -> Result<Authorisation, BillingError> {
    let (wanted, happening) = match take {
        Some(_) => (Wanted::Capture, Happening::CaptureWanted),
        None => (Wanted::Void, Happening::VoidWanted),
    };
    diesel::update(table::table.find((tx.tenant(), id)))
        .set((
            table::wanted.eq(wanted),
            table::wanted_minor.eq(take.map(Money::minor)),
            table::wanted_by.eq(by.actor.to_string()),
            table::wanted_because.eq(&by.reason),
            table::wanted_at.eq(now),
            table::attempt.eq(table::attempt + 1),
        ))
        .execute(tx.conn())
        .await?;
    advance(tx, id, happening).await?;
    ask_anew(tx, id).await?;
    let wanted = AuthorisationWanted {
        payment_link_id: id,
    };
    motel_jobs::publish(tx, &wanted).await?;
    authorisation(tx, id).await
}
