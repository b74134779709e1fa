use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{BookingId, FolioId, PaymentLinkId};

use crate::model::KeptCardRow;
use crate::schema::{folios, payment_methods as table};
use crate::{BillingError, KeptCard};

/// The card that is kept for a folio, if there is one.
pub async fn kept_card(
    tx: &mut TenantTx,
    folio: FolioId,
) -> Result<Option<KeptCard>, BillingError> {
    let row: Option<KeptCardRow> = table::table
        .filter(table::tenant_id.eq(tx.tenant()))
        .filter(table::folio_id.eq(folio))
        .filter(table::removed_at.is_null())
        .select(KeptCardRow::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    row.map(KeptCard::try_from).transpose()
}

/// One card, kept or removed.
pub async fn card(tx: &mut TenantTx, id: PaymentLinkId) -> Result<Option<KeptCard>, BillingError> {
    let row: Option<KeptCardRow> = table::table
        .find((tx.tenant(), id))
        .select(KeptCardRow::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    row.map(KeptCard::try_from).transpose()
}

/// The cards that the guests of a booking left, the first first; also those that were removed.
pub async fn cards(tx: &mut TenantTx, booking: BookingId) -> Result<Vec<KeptCard>, BillingError> {
    let of_booking = folios::table
        .filter(folios::tenant_id.eq(tx.tenant()))
        .filter(folios::booking_id.eq(booking))
        .select(folios::id);
    let rows: Vec<KeptCardRow> = table::table
        .filter(table::tenant_id.eq(tx.tenant()))
        .filter(table::folio_id.eq_any(of_booking))
        .order((table::kept_at, table::id))
        .select(KeptCardRow::as_select())
        .load(tx.conn())
        .await?;
    rows.into_iter().map(KeptCard::try_from).collect()
}
