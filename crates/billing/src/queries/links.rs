use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::{PlatformTx, TenantTx};
use motel_kernel::{PaymentLinkId, TenantId};

use crate::model::PaymentLinkRow;
use crate::schema::payment_links;
use crate::{BillingError, Folio, LinkStatus, PaymentLink, Purpose};

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
        .filter(payment_links::purpose.eq(Purpose::Take))
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
