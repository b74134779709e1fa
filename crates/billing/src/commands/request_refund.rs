use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_bookings::{Booking, By};
use motel_db::TenantTx;
use motel_kernel::{Money, PaymentLinkId, RefundId};

use super::folio::keep_folio;
use super::turn::take_turn_on;
use crate::rules::{is_tender, refund_due, refundable, share_out};
use crate::schema::refunds;
use crate::{BillingError, Payment, Refund, RefundRequested, RefundState, queries};

/// Asks for money to go back through the gateway it came by: an amount, or all that is left of the payment. The refund is
/// written here and sent once this is committed, so that nothing is sent of which we do not know.
///
/// # Errors
/// [`BillingError::AbovePaid`] for more than is left, counting what is on its way; [`BillingError::NothingToRefund`],
/// [`BillingError::WrongCurrency`], [`BillingError::NotFound`].
pub async fn request_refund(
    tx: &mut TenantTx,
    payment: PaymentLinkId,
    wanted: Option<Money>,
    by: By,
    now: DateTime<Utc>,
) -> Result<Refund, BillingError> {
    let link = queries::payment_link(tx, payment).await?;
    let link = link.ok_or(BillingError::NotFound("payment"))?;
    let folio = take_turn_on(tx, link.folio).await?;
    // What went back before it was our turn counts.
    let payments = queries::payments(tx, folio.booking).await?;
    let found = payments.iter().find(|it| it.link.id == payment);
    let found = found.ok_or(BillingError::NotFound("payment"))?;
    if wanted.is_some_and(|wanted| wanted.currency() != found.paid.currency()) {
        return Err(BillingError::WrongCurrency);
    }
    // What staff gave back in cash does not go back by card as well.
    let posted = queries::postings_of_booking(tx, folio.booking).await?;
    let going = queries::going_back(&payments, folio.currency)?;
    let of_booking = refundable(&posted, folio.currency)?.minus(going)?;
    let most = found.left()?.minor().min(of_booking.minor());
    let amount = wanted.unwrap_or(Money::new(most, folio.currency));
    match amount.minor() {
        minor if minor <= 0 => Err(BillingError::NothingToRefund),
        minor if minor > most => Err(BillingError::AbovePaid),
        _ => insert(tx, found, amount, by, now).await,
    }
}

/// Asks for all that a booking's guests are owed to go back by the gateways it came by, the last payment first: what is due
/// after a cancellation. What came in another way stays owed.
///
/// # Errors
/// [`BillingError::NothingToRefund`].
pub async fn request_refund_due(
    tx: &mut TenantTx,
    booking: &Booking,
    by: By,
    now: DateTime<Utc>,
) -> Result<Vec<Refund>, BillingError> {
    keep_folio(tx, booking).await?;
    let payments = queries::payments(tx, booking.id).await?;
    let currency = booking.total().currency();
    let mut balance = Money::zero(currency);
    for folio in queries::folios(tx, booking.id).await? {
        let of_folio = queries::balance(tx, &folio).await?;
        balance = balance.plus(of_folio)?;
    }
    let booking = motel_bookings::queries::find(tx, booking.id).await?;
    if booking.cancellation().is_some() {
        // What gift cards and coupons paid goes back onto them, and never out as money.
        let posted = queries::postings_of_booking(tx, booking.id).await?;
        for line in posted.iter().filter(|line| is_tender(line)) {
            balance = balance.minus(line.amount)?;
        }
    }
    let due = refund_due(balance).minus(queries::going_back(&payments, currency)?)?;
    let mut asked = Vec::new();
    for (payment, share) in share_out(due, &payments)? {
        asked.push(request_refund(tx, payment, Some(share), by.clone(), now).await?);
    }
    if asked.is_empty() {
        return Err(BillingError::NothingToRefund);
    }
    Ok(asked)
}

async fn insert(
    tx: &mut TenantTx,
    payment: &Payment,
    amount: Money,
    by: By,
    now: DateTime<Utc>,
) -> Result<Refund, BillingError> {
    let id = RefundId::new();
    diesel::insert_into(refunds::table)
        .values((
            refunds::tenant_id.eq(tx.tenant()),
            refunds::id.eq(id),
            refunds::link_id.eq(payment.link.id),
            refunds::amount_minor.eq(amount.minor()),
            refunds::currency.eq(amount.currency().code()),
            refunds::state.eq(RefundState::Requested),
            refunds::actor.eq(by.actor.to_string()),
            refunds::reason.eq(&by.reason),
            refunds::requested_at.eq(now),
        ))
        .execute(tx.conn())
        .await?;
    motel_jobs::publish(tx, &RefundRequested { refund_id: id }).await?;
    let refund = queries::refund(tx, id).await?;
    refund.ok_or(BillingError::NotFound("refund"))
}
