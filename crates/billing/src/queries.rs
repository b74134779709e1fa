//! Reading folios and payment links. Nothing here writes.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_bookings::Booking;
use motel_db::{PlatformTx, TenantTx};
use motel_kernel::{BookingId, Money, PaymentLinkId, TenantId};

use crate::model::{FolioRow, PaymentLinkRow, PostingRow};
use crate::schema::{folios, payment_links, postings};
use crate::{Account, BillingError, Folio, LinkStatus, PaymentLink, Posting, rules};

/// The folio of a booking; `None` until it is opened.
pub async fn folio(tx: &mut TenantTx, booking: BookingId) -> Result<Option<Folio>, BillingError> {
    let row: Option<FolioRow> = folios::table
        .filter(folios::tenant_id.eq(tx.tenant()))
        .filter(folios::booking_id.eq(booking))
        .select(FolioRow::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    row.map(Folio::try_from).transpose()
}

/// The lines of a folio in the order they were posted.
pub async fn postings(tx: &mut TenantTx, folio: &Folio) -> Result<Vec<Posting>, BillingError> {
    let rows: Vec<PostingRow> = postings::table
        .filter(postings::tenant_id.eq(tx.tenant()))
        .filter(postings::folio_id.eq(folio.id))
        .order((postings::posted_at, postings::id))
        .select(PostingRow::as_select())
        .load(tx.conn())
        .await?;
    rows.into_iter().map(Posting::try_from).collect()
}

/// What the guest owes, or below zero what we owe the guest: the lines that are posted, and what is still to come.
pub async fn balance(tx: &mut TenantTx, folio: &Folio) -> Result<Money, BillingError> {
    let booking = motel_bookings::queries::find(tx, folio.booking).await?;
    Ok(account(tx, &booking).await?.balance)
}

/// The whole account of a booking. It is true even before the folio is opened, and before the job that keeps it in line
/// with the booking has run: what that will post counts as pending.
pub async fn account(tx: &mut TenantTx, booking: &Booking) -> Result<Account, BillingError> {
    let postings = match folio(tx, booking.id).await? {
        Some(folio) => postings(tx, &folio).await?,
        None => Vec::new(),
    };
    let nothing = Money::zero(booking.total().currency());
    let amounts = postings.iter().map(|line| line.amount);
    let posted = Money::total(amounts, nothing.currency())?;
    let settlement = rules::settle(&postings, &rules::stays(booking))?;
    let balance = posted.plus(settlement.sum(nothing.currency())?)?;
    Ok(Account {
        pending: settlement.into_pending(),
        postings,
        posted,
        balance,
    })
}

/// What we owe the guest of a folio.
pub async fn refund_due(tx: &mut TenantTx, folio: &Folio) -> Result<Money, BillingError> {
    Ok(rules::refund_due(balance(tx, folio).await?))
}

/// One payment link.
pub async fn payment_link(
    tx: &mut TenantTx,
    id: PaymentLinkId,
) -> Result<Option<PaymentLink>, BillingError> {
    let row: Option<PaymentLinkRow> = payment_links::table
        .find((tx.tenant(), id))
        .select(PaymentLinkRow::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    row.map(PaymentLink::try_from).transpose()
}

/// The link by which a folio can be paid at the moment, if there is one.
pub async fn open_link(
    tx: &mut TenantTx,
    folio: &Folio,
) -> Result<Option<PaymentLink>, BillingError> {
    let row: Option<PaymentLinkRow> = payment_links::table
        .filter(payment_links::tenant_id.eq(tx.tenant()))
        .filter(payment_links::folio_id.eq(folio.id))
        .filter(payment_links::status.eq(LinkStatus::Open))
        .select(PaymentLinkRow::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    row.map(PaymentLink::try_from).transpose()
}

/// Whose payment link it is: a gateway names the link and knows no tenants.
pub async fn tenant_of_link(
    tx: &mut PlatformTx,
    id: PaymentLinkId,
) -> Result<Option<TenantId>, BillingError> {
    let tenant = payment_links::table
        .filter(payment_links::id.eq(id))
        .select(payment_links::tenant_id)
        .first(tx.conn())
        .await
        .optional()?;
    Ok(tenant)
}
