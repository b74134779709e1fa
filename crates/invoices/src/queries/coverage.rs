use std::collections::BTreeSet;

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{FolioId, InvoiceId};

use crate::InvoiceError;
use crate::rules::Coverage;
use crate::schema::{documents, lines};

/// Which postings of a folio are on documents.
pub(crate) async fn coverage(tx: &mut TenantTx, folio: FolioId) -> Result<Coverage, InvoiceError> {
    let found = lines::table
        .inner_join(
            documents::table.on(documents::tenant_id
                .eq(lines::tenant_id)
                .and(documents::id.eq(lines::document_id))),
        )
        .filter(documents::tenant_id.eq(tx.tenant()))
        .filter(documents::folio_id.eq(folio))
        .select((lines::posting_id, lines::credits))
        .load(tx.conn())
        .await?;
    Ok(Coverage::of(found))
}

/// The numbers of the lines of an invoice that were credited.
pub async fn credited(tx: &mut TenantTx, id: InvoiceId) -> Result<BTreeSet<i32>, InvoiceError> {
    let found: Vec<i32> = lines::table
        .inner_join(
            documents::table.on(documents::tenant_id
                .eq(lines::tenant_id)
                .and(documents::id.eq(lines::document_id))),
        )
        .filter(documents::tenant_id.eq(tx.tenant()))
        .filter(documents::corrects.eq(id))
        .select(lines::position)
        .load(tx.conn())
        .await?;
    Ok(found.into_iter().collect())
}
