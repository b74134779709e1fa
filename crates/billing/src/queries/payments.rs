use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{BookingId, Currency, Money, PaymentLinkId, RefundId};

use crate::model::{DisputeRow, PaymentLinkRow, RefundRow};
use crate::schema::{disputes, folios, payment_intents, payment_links, refunds};
use crate::{BillingError, Dispute, IntentState, Payment, PaymentLink, Refund};

type PaymentRow = (
    PaymentLinkRow,
    IntentState,
    i64,
    Option<String>,
    Option<String>,
);

/// A link with what is known of its payment.
macro_rules! links_and_intents {
    () => {
        payment_links::table
            .inner_join(
                payment_intents::table.on(payment_intents::tenant_id
                    .eq(payment_links::tenant_id)
                    .and(payment_intents::id.eq(payment_links::id))),
            )
            .select((
                PaymentLinkRow::as_select(),
                payment_intents::state,
                payment_intents::paid_minor,
                payment_intents::paid_reference,
                payment_intents::failure,
            ))
    };
}

/// One payment.
pub async fn payment(
    tx: &mut TenantTx,
    id: PaymentLinkId,
) -> Result<Option<Payment>, BillingError> {
    let row: Option<PaymentRow> = links_and_intents!()
        .filter(payment_links::tenant_id.eq(tx.tenant()))
        .filter(payment_links::id.eq(id))
        .first(tx.conn())
        .await
        .optional()?;
    Ok(with_what_went_back(tx, row.into_iter().collect())
        .await?
        .pop())
}

/// The payments of all folios of a booking, the first first; also those that came to nothing.
pub async fn payments(tx: &mut TenantTx, booking: BookingId) -> Result<Vec<Payment>, BillingError> {
    let of_booking = folios::table
        .filter(folios::tenant_id.eq(tx.tenant()))
        .filter(folios::booking_id.eq(booking))
        .select(folios::id);
    let rows: Vec<PaymentRow> = links_and_intents!()
        .filter(payment_links::tenant_id.eq(tx.tenant()))
        .filter(payment_links::folio_id.eq_any(of_booking))
        .order((payment_links::created_at, payment_links::id))
        .load(tx.conn())
        .await?;
    with_what_went_back(tx, rows).await
}

/// One refund.
pub async fn refund(tx: &mut TenantTx, id: RefundId) -> Result<Option<Refund>, BillingError> {
    let row: Option<RefundRow> = refunds::table
        .find((tx.tenant(), id))
        .select(RefundRow::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    row.map(Refund::try_from).transpose()
}

/// What of a booking's payments is on its way back, so that it can't be given back again.
pub(crate) fn going_back(payments: &[Payment], currency: Currency) -> Result<Money, BillingError> {
    let mut sum = Money::zero(currency);
    for payment in payments {
        sum = sum.plus(payment.going()?)?;
    }
    Ok(sum)
}

async fn with_what_went_back(
    tx: &mut TenantTx,
    rows: Vec<PaymentRow>,
) -> Result<Vec<Payment>, BillingError> {
    let mut payments = Vec::with_capacity(rows.len());
    for (link, state, paid_minor, paid_reference, failure) in rows {
        let link = PaymentLink::try_from(link)?;
        payments.push(Payment {
            state,
            paid: Money::new(paid_minor, link.amount.currency()),
            paid_reference,
            failure,
            refunds: Vec::new(),
            disputes: Vec::new(),
            link,
        });
    }
    let ids: Vec<PaymentLinkId> = payments.iter().map(|payment| payment.link.id).collect();
    for refund in refunds_of(tx, &ids).await? {
        if let Some(payment) = payments.iter_mut().find(|it| it.link.id == refund.link) {
            payment.refunds.push(refund);
        }
    }
    for dispute in disputes_of(tx, &ids).await? {
        if let Some(payment) = payments.iter_mut().find(|it| it.link.id == dispute.link) {
            payment.disputes.push(dispute);
        }
    }
    Ok(payments)
}

async fn refunds_of(
    tx: &mut TenantTx,
    links: &[PaymentLinkId],
) -> Result<Vec<Refund>, BillingError> {
    let rows: Vec<RefundRow> = refunds::table
        .filter(refunds::tenant_id.eq(tx.tenant()))
        .filter(refunds::link_id.eq_any(links))
        .order((refunds::requested_at, refunds::id))
        .select(RefundRow::as_select())
        .load(tx.conn())
        .await?;
    rows.into_iter().map(Refund::try_from).collect()
}

async fn disputes_of(
    tx: &mut TenantTx,
    links: &[PaymentLinkId],
) -> Result<Vec<Dispute>, BillingError> {
    let rows: Vec<DisputeRow> = disputes::table
        .filter(disputes::tenant_id.eq(tx.tenant()))
        .filter(disputes::link_id.eq_any(links))
        .order((disputes::opened_at, disputes::reference))
        .select(DisputeRow::as_select())
        .load(tx.conn())
        .await?;
    rows.into_iter().map(Dispute::try_from).collect()
}
