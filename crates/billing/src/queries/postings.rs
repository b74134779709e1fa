use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{BookingId, PostingId};

use crate::model::{FullPostingRow, PostingRow};
use crate::schema::{entry_lines, folios, postings as table};
use crate::{BillingError, Folio, Posting, StatementLine, rules};

/// A posting with the line on its other side.
macro_rules! full_postings {
    () => {
        table::table
            .left_join(
                entry_lines::table.on(entry_lines::tenant_id
                    .eq(table::tenant_id)
                    .and(entry_lines::posting_id.eq(table::id.nullable()))
                    .and(entry_lines::folio_id.is_null())),
            )
            .select((
                PostingRow::as_select(),
                (entry_lines::account, entry_lines::detail).nullable(),
            ))
    };
}

/// The lines of a folio in the order they were posted.
pub async fn postings(tx: &mut TenantTx, folio: &Folio) -> Result<Vec<Posting>, BillingError> {
    let rows: Vec<FullPostingRow> = full_postings!()
        .filter(table::tenant_id.eq(tx.tenant()))
        .filter(table::folio_id.eq(folio.id))
        .order((table::posted_at, table::id))
        .load(tx.conn())
        .await?;
    rows.into_iter().map(Posting::try_from).collect()
}

/// The lines of a folio in the order they were posted, each with what stands behind it.
pub async fn statement(
    tx: &mut TenantTx,
    folio: &Folio,
) -> Result<Vec<StatementLine>, BillingError> {
    let posted = postings_of_booking(tx, folio.booking).await?;
    Ok(rules::statement(&posted, folio.id))
}

/// The lines of all folios of a booking in the order they were posted.
pub(crate) async fn postings_of_booking(
    tx: &mut TenantTx,
    booking: BookingId,
) -> Result<Vec<Posting>, BillingError> {
    let of_booking = folios::table
        .filter(folios::tenant_id.eq(tx.tenant()))
        .filter(folios::booking_id.eq(booking))
        .select(folios::id);
    let rows: Vec<FullPostingRow> = full_postings!()
        .filter(table::tenant_id.eq(tx.tenant()))
        .filter(table::folio_id.eq_any(of_booking))
        .order((table::posted_at, table::id))
        .load(tx.conn())
        .await?;
    rows.into_iter().map(Posting::try_from).collect()
}

/// One line.
///
/// # Errors
/// [`BillingError::NotFound`], also for another tenant's.
pub(crate) async fn find_posting(
    tx: &mut TenantTx,
    id: PostingId,
) -> Result<Posting, BillingError> {
    let row: Option<FullPostingRow> = full_postings!()
        .filter(table::tenant_id.eq(tx.tenant()))
        .filter(table::id.eq(id))
        .first(tx.conn())
        .await
        .optional()?;
    row.ok_or(BillingError::NotFound("line"))?.try_into()
}
