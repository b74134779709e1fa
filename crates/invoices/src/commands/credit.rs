use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use motel_db::TenantTx;
use motel_kernel::{Actor, InvoiceId, Money, PostingId};

use super::record::record;
use super::take_number::take_number;
use crate::schema::lines;
use crate::{Invoice, InvoiceError, InvoiceKind, Snapshot, queries, rules};

/// What of an invoice is taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreditRequest {
    /// The numbers of its lines; all that were not credited before, where none are named.
    pub lines: Option<Vec<i32>>,
    /// Why: the receiver reads it.
    pub reason: String,
}

/// Issues a credit note: lines of an invoice turned around, each once. What they were about may be invoiced anew then. It goes
/// to whom the invoice went, in its language.
///
/// # Errors
/// [`InvoiceError::NotCreditable`] for what is no invoice, [`InvoiceError::AlreadyCredited`], [`InvoiceError::UnknownLine`],
/// [`InvoiceError::NotFound`]. After an error the transaction must not be committed: it has taken a number.
pub async fn credit(
    tx: &mut TenantTx,
    id: InvoiceId,
    request: &CreditRequest,
    actor: Actor,
    now: DateTime<Utc>,
) -> Result<Invoice, InvoiceError> {
    let invoice = queries::invoice(tx, id).await?;
    let property = motel_tenancy::queries::property(tx, invoice.property)
        .await
        .map_err(InvoiceError::fault)?
        .ok_or(InvoiceError::NotFound("property"))?;
    let day = now.with_timezone(&property.timezone).date_naive();
    let number = take_number(tx, property.id, InvoiceKind::CreditNote, day).await?;
    let credited = queries::credited(tx, id).await?;
    let original = &invoice.snapshot;
    let turned = rules::taken_back(original, request.lines.as_deref(), &credited)?;
    let currency = original.total.currency();
    let total = Money::total(turned.iter().map(|line| line.amount), currency)?;
    let snapshot = Snapshot {
        number,
        language: original.language,
        issued_at: now,
        issued_on: day,
        booking_code: original.booking_code.clone(),
        stay: original.stay,
        corrects: Some(original.number),
        reason: Some(request.reason.clone()),
        issuer: original.issuer.clone(),
        addressee: original.addressee.clone(),
        taxes: rules::tax_rows(&turned)?,
        lines: turned,
        total,
        invoiced_before: Money::zero(currency),
        payments: Vec::new(),
        balance: total,
    };
    let note = Invoice {
        id: InvoiceId::new(),
        property: property.id,
        folio: invoice.folio,
        corrects: Some(id),
        actor,
        snapshot,
    };
    let rounds = rounds(tx, id).await?;
    record(tx, &note, &rounds).await?;
    Ok(note)
}

/// The how-manieth time each posting was put on an invoice by this one.
async fn rounds(tx: &mut TenantTx, id: InvoiceId) -> Result<Vec<(PostingId, i32)>, InvoiceError> {
    let found = lines::table
        .filter(lines::tenant_id.eq(tx.tenant()))
        .filter(lines::document_id.eq(id))
        .select((lines::posting_id, lines::round))
        .load(tx.conn())
        .await?;
    Ok(found)
}
