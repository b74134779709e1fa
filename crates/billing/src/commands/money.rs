//! Money that moved at a gateway, as the books take it.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_bookings::By;
use motel_db::TenantTx;
use motel_kernel::{Money, PaymentLinkId};

use super::folio::open_folio_of;
use super::intents::advance;
use super::payment_link::withdraw_unfit_links;
use super::post::{Occasion, post};
use crate::model::{Draft, Line};
use crate::rules::{Happening, MoneyStands};
use crate::schema::payment_intents;
use crate::{BillingError, Folio, queries};

/// Posts money that moved, each line once in its booking, also when the folio it was meant for is closed. False when all of
/// them were posted before.
pub(super) async fn post_money(
    tx: &mut TenantTx,
    folio: &Folio,
    mut lines: Vec<Line>,
) -> Result<bool, BillingError> {
    let posted = queries::postings_of_booking(tx, folio.booking).await?;
    lines.retain(|line| posted.iter().all(|posting| posting.source != line.source));
    if lines.is_empty() {
        return Ok(false);
    }
    let booking = motel_bookings::queries::find(tx, folio.booking).await?;
    let taker = match folio.is_open() {
        true => folio.clone(),
        false => open_folio_of(tx, &booking).await?,
    };
    let draft = |line| Draft {
        folio: taker.clone(),
        line,
    };
    let drafts = lines.into_iter().map(draft).collect();
    post(tx, &Occasion::of(&booking, By::system()), drafts).await?;
    withdraw_unfit_links(tx, &booking).await?;
    Ok(true)
}

/// Notes that money came in through a link, so that it can be given back.
pub(super) async fn note_paid(
    tx: &mut TenantTx,
    link: PaymentLinkId,
    amount: Money,
    gateway_reference: &str,
) -> Result<(), BillingError> {
    diesel::update(payment_intents::table.find((tx.tenant(), link)))
        .set((
            payment_intents::paid_minor.eq(payment_intents::paid_minor + amount.minor()),
            payment_intents::paid_reference.eq(gateway_reference),
        ))
        .execute(tx.conn())
        .await?;
    Ok(())
}

/// Notes what became of a payment's money, by all that is written of it.
pub(super) async fn note_standing(
    tx: &mut TenantTx,
    link: PaymentLinkId,
) -> Result<(), BillingError> {
    let payment = queries::payment(tx, link).await?;
    let payment = payment.ok_or(BillingError::NotFound("payment"))?;
    match MoneyStands::of(&payment)? {
        Some(stands) => advance(tx, link, Happening::Money(stands)).await,
        None => Ok(()),
    }
}
