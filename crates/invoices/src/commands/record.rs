use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::PostingId;

use crate::model::NewInvoice;
use crate::schema::{documents, lines};
use crate::{Invoice, InvoiceError, InvoiceKind};

/// Writes a document down. `rounds` says of each posting the how-manieth time it is put on one.
pub(super) async fn record(
    tx: &mut TenantTx,
    invoice: &Invoice,
    rounds: &[(PostingId, i32)],
) -> Result<(), InvoiceError> {
    let row = NewInvoice::of(tx.tenant(), invoice)?;
    diesel::insert_into(documents::table)
        .values(row)
        .execute(tx.conn())
        .await?;
    let credits = invoice.snapshot.kind() == InvoiceKind::CreditNote;
    let mut rows = Vec::with_capacity(invoice.snapshot.lines.len());
    for line in &invoice.snapshot.lines {
        let round = rounds.iter().find(|(posting, _)| *posting == line.posting);
        let (_, round) = round.ok_or(InvoiceError::NotFound("line"))?;
        rows.push((
            lines::tenant_id.eq(tx.tenant()),
            lines::document_id.eq(invoice.id),
            lines::position.eq(line.position),
            lines::posting_id.eq(line.posting),
            lines::round.eq(*round),
            lines::credits.eq(credits),
        ));
    }
    // A statement has so many parameters and no more.
    for some in rows.chunks(1_000) {
        diesel::insert_into(lines::table)
            .values(some.to_vec())
            .execute(tx.conn())
            .await?;
    }
    Ok(())
}
