use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{BookingId, FolioId};

use crate::model::FolioRow;
use crate::rules::Routing;
use crate::schema::{folios as table, routing_rules as rules};
use crate::{BillingError, ChargeClass, Folio};

/// The folio of a booking's guests; `None` until it is opened.
pub async fn folio(tx: &mut TenantTx, booking: BookingId) -> Result<Option<Folio>, BillingError> {
    let row: Option<FolioRow> = table::table
        .filter(table::tenant_id.eq(tx.tenant()))
        .filter(table::booking_id.eq(booking))
        .filter(table::position.eq(1))
        .select(FolioRow::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    row.map(Folio::try_from).transpose()
}

/// One folio.
pub async fn folio_by_id(tx: &mut TenantTx, id: FolioId) -> Result<Option<Folio>, BillingError> {
    let row: Option<FolioRow> = table::table
        .find((tx.tenant(), id))
        .select(FolioRow::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    row.map(Folio::try_from).transpose()
}

/// The folios of a booking, its guests' own first.
pub async fn folios(tx: &mut TenantTx, booking: BookingId) -> Result<Vec<Folio>, BillingError> {
    let rows: Vec<FolioRow> = table::table
        .filter(table::tenant_id.eq(tx.tenant()))
        .filter(table::booking_id.eq(booking))
        .order(table::position)
        .select(FolioRow::as_select())
        .load(tx.conn())
        .await?;
    rows.into_iter().map(Folio::try_from).collect()
}

/// Which charges of a booking go to which of its folios; what is not named goes to its guests'.
pub async fn routing_rules(
    tx: &mut TenantTx,
    booking: BookingId,
) -> Result<Vec<(ChargeClass, FolioId)>, BillingError> {
    let found = rules::table
        .filter(rules::tenant_id.eq(tx.tenant()))
        .filter(rules::booking_id.eq(booking))
        .order(rules::charge)
        .select((rules::charge, rules::folio_id))
        .load(tx.conn())
        .await?;
    Ok(found)
}

pub(crate) async fn routing(
    tx: &mut TenantTx,
    booking: BookingId,
) -> Result<Routing, BillingError> {
    Ok(Routing {
        folios: folios(tx, booking).await?,
        rules: routing_rules(tx, booking).await?,
    })
}
