//! Reading folios and payment links. Nothing here writes.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use diesel_async::RunQueryDsl;
use motel_db::{PlatformTx, TenantTx};
use motel_kernel::{BookingId, Money, PaymentLinkId, TenantId};

use crate::model::{FolioRow, PaymentLinkRow, PostingRow};
use crate::schema::{folios, payment_links, postings};
use crate::{BillingError, Folio, LinkStatus, PaymentLink, Posting, rules};

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

/// The sum of the lines: what the guest owes, or below zero what we owe the guest.
pub async fn balance(tx: &mut TenantTx, folio: &Folio) -> Result<Money, BillingError> {
    // PostgreSQL sums bigints into a numeric; a sum that does not fit a bigint is an error, never a wrap.
    let minor: i64 = postings::table
        .filter(postings::tenant_id.eq(tx.tenant()))
        .filter(postings::folio_id.eq(folio.id))
        .select(sql::<BigInt>("coalesce(sum(amount_minor), 0)::bigint"))
        .first(tx.conn())
        .await?;
    Ok(Money::new(minor, folio.currency))
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
