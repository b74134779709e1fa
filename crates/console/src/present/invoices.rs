use motel_invoices::{Invoice, InvoiceKind};
use motel_web::words;

use crate::input::LANGUAGES;
use crate::view::{InvoiceRow, Invoices};

/// The papers of a folio. A part of an invoice is credited by API; here, what is left of it.
pub(crate) fn invoices(invoices: &[Invoice]) -> Invoices {
    let is_credited = |it: &Invoice| invoices.iter().any(|note| note.corrects == Some(it.id));
    let rows = invoices.iter().map(|invoice| {
        let snapshot = &invoice.snapshot;
        InvoiceRow {
            id: invoice.id.to_string(),
            number: snapshot.number.to_string(),
            issued: words::short_day(snapshot.issued_on),
            receiver: snapshot.addressee.title().to_owned(),
            total: snapshot.total.to_string(),
            can_be_credited: snapshot.kind() == InvoiceKind::Invoice && !is_credited(invoice),
        }
    });
    Invoices {
        rows: rows.collect(),
        languages: LANGUAGES,
    }
}
