use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{FolioId, InvoiceId, PropertyId};

use crate::model::InvoiceRow;
use crate::schema::documents as table;
use crate::{Invoice, InvoiceError};

/// Which documents a list shows; a field that is `None` lets all through.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct InvoiceFilter {
    /// About which folio.
    pub folio: Option<FolioId>,
}

/// One document.
///
/// # Errors
/// [`InvoiceError::NotFound`], also for another tenant's.
pub async fn invoice(tx: &mut TenantTx, id: InvoiceId) -> Result<Invoice, InvoiceError> {
    let row: Option<InvoiceRow> = table::table
        .find((tx.tenant(), id))
        .select(InvoiceRow::as_select())
        .first(tx.conn())
        .await
        .optional()?;
    row.ok_or(InvoiceError::NotFound("invoice"))?.try_into()
}

/// At most `limit` documents of a property, the latest first, from the one before `before` on.
pub async fn invoices(
    tx: &mut TenantTx,
    property: PropertyId,
    filter: InvoiceFilter,
    before: Option<InvoiceId>,
    limit: i64,
) -> Result<Vec<Invoice>, InvoiceError> {
    let mut wanted = table::table
        .filter(table::tenant_id.eq(tx.tenant()))
        .filter(table::property_id.eq(property))
        .order(table::id.desc())
        .limit(limit)
        .select(InvoiceRow::as_select())
        .into_boxed();
    if let Some(folio) = filter.folio {
        wanted = wanted.filter(table::folio_id.eq(folio));
    }
    if let Some(before) = before {
        wanted = wanted.filter(table::id.lt(before));
    }
    let rows: Vec<InvoiceRow> = wanted.load(tx.conn()).await?;
    rows.into_iter().map(Invoice::try_from).collect()
}

/// All documents about a folio, the first first.
pub async fn of_folio(tx: &mut TenantTx, folio: FolioId) -> Result<Vec<Invoice>, InvoiceError> {
    let rows: Vec<InvoiceRow> = table::table
        .filter(table::tenant_id.eq(tx.tenant()))
        .filter(table::folio_id.eq(folio))
        .order(table::id)
        .select(InvoiceRow::as_select())
        .load(tx.conn())
        .await?;
    rows.into_iter().map(Invoice::try_from).collect()
}
